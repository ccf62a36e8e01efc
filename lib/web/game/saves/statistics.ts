import { type Level, levels, type Size, sizes } from "../../../sudoku/mod.ts";
import type { Result } from "./schema.ts";

/** The statistics of all games of one size and level. */
export interface Statistics {
  readonly size: Size;
  /** The level of the puzzles; null for puzzles without a level. */
  readonly level: Level | null;
  /** The number of games in which the player has made at least one move. */
  readonly played: number;
  readonly won: number;
  /**
   * The number of games that were won without a hint. `best` and `mean` take only these games into
   * account.
   */
  readonly wonWithoutHints: number;
  /**
   * The shortest time in milliseconds of a game that was won without a hint; null if there is no
   * such game.
   */
  readonly best: number | null;
  /**
   * The mean time in milliseconds of the games that were won without a hint; null if there is no
   * such game.
   */
  readonly mean: number | null;
}

/**
 * Returns the statistics for each size and level. Small sizes come first, and within a size, easy
 * levels come first. A combination of size and level that has no games is left out.
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
