/**
 * Reads the committed files that contain the README's numbers. The types in this file list only the
 * fields that are needed.
 */
import type { BenchReport } from "../../bench/bench_report.ts";
import type { PageBenchReport } from "../../bench/page/measure.ts";
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
  readonly page: PageBenchReport;
  /** The figures of lib/compile/README.md; undefined if they have not been measured yet. */
  readonly compile?: BenchReport;
}

/** @param data folder of the committed data */
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

/** Returns a score of the generator that ships with the project. */
export function recordedScoreOf(
  { evaluations }: GeneratorScores,
  extractor: string,
  name: string,
): RecordedScore {
  return evaluations.find((each) => each.extractor.name === extractor)!
    .scores.find((each) => each.name === name)!;
}
