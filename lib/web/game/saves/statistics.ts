/** Statistics of the player's games. */
import { type Level, levels, type Size, sizes } from "../../../sudoku/mod.ts";
import type { Result } from "./schema.ts";

/** How the games of a size and level went. */
export interface Statistics {
  readonly size: Size;
  /** Null for puzzles without a level. */
  readonly level: Level | null;
  /** Games with at least one move. */
  readonly played: number;
  readonly won: number;
  /** Of `won`, those without a hint. Only their times count below. */
  readonly wonWithoutHints: number;
  /** Milliseconds; null where there is none yet. */
  readonly best: number | null;
  /** Milliseconds; null where there is none yet. */
  readonly mean: number | null;
}

/** Returns statistics by size and level, of those that were played, the easiest first. */
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
