/** Computes statistics of the player's games. */
import { type Level, levels, type Size, sizes } from "../../../sudoku/mod.ts";
import type { Result } from "./schema.ts";

/** The statistics of one size and level. */
export interface Statistics {
  readonly size: Size;
  /** The level; null for puzzles without one. */
  readonly level: Level | null;
  /** The number of games with at least one move. */
  readonly played: number;
  readonly won: number;
  /** The number of games won without a hint. Only these games count for the times below. */
  readonly wonWithoutHints: number;
  /** The shortest time in milliseconds; null if there is no such game. */
  readonly best: number | null;
  /** The mean time in milliseconds; null if there is no such game. */
  readonly mean: number | null;
}

/**
 * Returns statistics by size and level, with small sizes and easy levels first. Sizes and levels
 * without games are left out.
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
