/**
 * Reads the files from which the README's numbers come. The types below list only the fields that
 * are used for the README.
 */
import type { BenchReport } from "../../bench/bench_report.ts";
import type { PageBenchReport } from "../../bench/page/measure.ts";
import { gridNamed } from "../../experiments/grids.ts";
import { type PublishedModel, readPublished } from "../../experiments/findings/published_model.ts";
import type { RowComparison } from "../../experiments/report/compare_rows.ts";
import { compareRows } from "../../experiments/report/conclusions.ts";
import { gather, type Gathered } from "../../experiments/report/gather.ts";
import { type ReadSearch, readSearch } from "../../experiments/search/read_search.ts";
import type { SudokuBenchReport } from "../../bench/sudoku/measure.ts";

export interface RecordedScore {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  readonly floor: number;
}

export interface GeneratorScores {
  readonly seeds: readonly number[];
  readonly evaluations: readonly {
    readonly images: readonly [number, number];
    readonly extractor: { readonly name: string; readonly hash: string };
    readonly scores: readonly RecordedScore[];
  }[];
}

export interface RecordedClassifierScores {
  readonly meanTestError: number;
  readonly test: { readonly error: number; readonly images: number };
  readonly runs: readonly unknown[];
}

export interface ExperimentRecords {
  readonly gathered: Gathered;
  readonly comparison: RowComparison | undefined;
  /** The committed search; undefined if there is none. */
  readonly search: ReadSearch | undefined;
  /** The recipe and the scores of the committed generator. */
  readonly published: PublishedModel;
}

export interface Records {
  readonly generator: GeneratorScores;
  readonly weights: {
    readonly config: {
      readonly epochs: number;
      /** Number of steps; 0 if the number of epochs determines it. */
      readonly steps: number;
      readonly batchSize: number;
      readonly seed: number;
    };
  };
  readonly classifier: RecordedClassifierScores;
  readonly gan: BenchReport;
  readonly convolutional: BenchReport;
  readonly evaluation: BenchReport;
  readonly sudoku: SudokuBenchReport;
  readonly experiments: ExperimentRecords;
  readonly page: PageBenchReport;
  /** The figures of lib/compile/README.md; undefined if they have not been measured yet. */
  readonly compile?: BenchReport;
}

/** Reads all records from the data folder, whose path is `data`. */
export async function readRecords(data: string): Promise<Records> {
  const read = async (path: string) => JSON.parse(await Deno.readTextFile(`${data}/${path}`));
  const compile = await readIfThere(`${data}/benchmarks/bench-compile.json`);
  return {
    ...(compile ? { compile } : {}),
    generator: await read("weights/generator/seed_scores.json"),
    weights: await read("weights/generator/weights.json"),
    classifier: await read("weights/classifier/seed_accuracy.json"),
    gan: await read("benchmarks/bench-gan.json"),
    convolutional: await read("benchmarks/bench-classifier.json"),
    evaluation: await read("benchmarks/bench-evaluation.json"),
    sudoku: await read("benchmarks/bench-sudoku.json"),
    page: await read("benchmarks/bench-page.json"),
    experiments: await readExperiments(data),
  };
}

/**
 * Reads the results of the experiments in the README's tables, the results of the search, and the
 * committed generator's record.
 */
async function readExperiments(data: string): Promise<ExperimentRecords> {
  const grids = ["table-1", "table-2", "smoothing"].map(gridNamed);
  const root = `${data}/experiments`;
  const gathered = await gather(root, grids, { seeds: 3, steps: 10_000 });
  return {
    gathered,
    comparison: compareRows(gathered),
    search: await readSearch(`${root}/search`),
    published: await readPublished(`${data}/weights/generator`),
  };
}

async function readIfThere(path: string): Promise<BenchReport | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Returns the recorded score that has the given name and was computed from the given extractor's
 * features.
 */
export function recordedScoreOf(
  { evaluations }: GeneratorScores,
  extractor: string,
  name: string,
): RecordedScore {
  return evaluations.find((each) => each.extractor.name === extractor)!
    .scores.find((each) => each.name === name)!;
}
