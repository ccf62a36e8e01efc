/** Measures how long the generator takes to make a puzzle. */
import { generate, type Level } from "../../sudoku/mod.ts";
import { quantile } from "../rounds.ts";

/**
 * The median and the 95th percentile of the time that it takes to make a puzzle of one level, in
 * milliseconds.
 */
export interface GeneratorTimes {
  readonly level: Level;
  readonly puzzles: number;
  readonly median: number;
  readonly percentile95: number;
}

/** Generates puzzles of one level and times the generation of each puzzle. */
export function timeGenerator(level: Level, puzzles: number): GeneratorTimes {
  generate({ level, seed: "warm up" });
  const times = Array.from({ length: puzzles }, (_, seed) => {
    const start = performance.now();
    generate({ level, seed });
    return performance.now() - start;
  });
  const [median, percentile95] = [0.5, 0.95].map((share) => quantile(times, share));
  return { level, puzzles, median, percentile95 };
}
