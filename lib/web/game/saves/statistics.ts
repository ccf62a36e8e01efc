import { type Level, levels, type Size, sizes } from "../../../sudoku/mod.ts";
import type { Result } from "./schema.ts";

/** The statistics of one size and level. */
export interface Statistics {
  readonly size: Size;
  /** Null for puzzles without a level. */
  readonly level: Level | null;
  /** Games with at least one move. */
  readonly played: number;
  readonly won: number;
  /** Games won without a hint. `best` and `mean` count only these games. */
  readonly wonWithoutHints: number;
  /** The shortest time in milliseconds; null if no game counts. */
  readonly best: number | null;
  /** The mean time in milliseconds; null if no game counts. */
  readonly mean: number | null;
}

/**
 * Returns statistics by size and level, small and easy first. Sizes and levels without games are
 * left out.
 */
export function statisticsOf(results: readonly Result[]): readonly Statistics[] {
  const allLevels = [...levels.map(({ name }) => name), null];
  return sizes.flatMap((size) =>
    allLevels.flatMap((level) => {
      const games = results.filter((result) => result.size === size && result.level === level);
      return games.length === 0 ? [] : [{ size, level, ...summaryOf(games) }];
    })
  );
}

function summaryOf(games: readonly Result[]): Omit<Statistics, "size" | "level"> {
  const won = games.filter(({ finishedOn }) => finishedOn !== null);
  const times = won.filter(({ hintsTaken }) => hintsTaken === 0).map(({ time }) => time);
  const sum = times.reduce((total, time) => total + time, 0);
  return {
    played: games.length,
    won: won.length,
    wonWithoutHints: times.length,
    best: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    mean: times.length === 0 ? null : Math.round(sum / times.length),
  };
}
