/**
 * Reads the files from which the README's numbers come. The types below list only the fields that
 * are used for the README.
 */
import type { BenchReport } from "../../bench/bench_report.ts";
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

export interface Records {
  readonly generator: GeneratorScores;
  readonly weights: {
    readonly config: { readonly epochs: number; readonly seed: number };
  };
  readonly classifier: RecordedClassifierScores;
  readonly gan: BenchReport;
  readonly convolutional: BenchReport;
  readonly evaluation: BenchReport;
  readonly sudoku: SudokuBenchReport;
  /**
   * The measurements of lib/compile. The field is undefined if there is no file with these
   * measurements.
   */
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
 * Returns the recorded score with the given name, as computed with the features of the given
 * extractor.
 */
export function recordedScoreOf(
  { evaluations }: GeneratorScores,
  extractor: string,
  name: string,
): RecordedScore {
  return evaluations.find((each) => each.extractor.name === extractor)!
    .scores.find((each) => each.name === name)!;
}
