/**
 * Defines the format of saved games and results. All data is checked against this format when it is
 * read. The format has limits, so that a hostile file cannot take much time or memory.
 */
import * as v from "valibot";
import { type Level, levels, type Size, sizes } from "../../../sudoku/mod.ts";
import { MOST_STEPS } from "../play/history.ts";
import { MOST_RUNS } from "../play/lineage.ts";
import { namePattern } from "../play/name.ts";
import { isDay } from "../play/moment.ts";

/** The number of cells of the largest board. */
const MOST_CELLS = 81;

/** The longest playing time allowed, in milliseconds (ten years). */
const MOST_TIME = 315_360_000_000;

/** The maximum number of results. If there are more, then only the newest results are kept. */
export const MOST_RESULTS = 5000;

/** The maximum number of games in an import. */
export const MOST_GAMES = 1000;

const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** The generated name of a game or of a tab. */
const name = v.pipe(v.string(), v.regex(namePattern));
const time = count(MOST_TIME);
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));
const day = v.pipe(v.string(), v.check(isDay, "a day is written as 2026-11-26"));
const level = v.picklist(levels.map((entry): Level => entry.name));
const size = v.picklist<readonly Size[]>(sizes);

const lineage = v.pipe(
  v.array(v.pipe(v.tuple([name, count(Number.MAX_SAFE_INTEGER)]), v.readonly())),
  v.maxLength(MOST_RUNS),
  v.check((runs) =>
    runs.every(([writer, last], index) =>
      last > (runs[index - 1]?.[1] ?? 0) && writer !== runs[index - 1]?.[0]
    )
  ),
  v.readonly(),
);

const origin = v.variant("kind", [
  v.strictObject({ kind: v.literal("level"), level, seed: text(200) }),
  v.strictObject({ kind: v.literal("daily"), level, date: day }),
  v.strictObject({ kind: v.literal("own") }),
  v.strictObject({ kind: v.literal("shared") }),
]);

const rating = v.strictObject({
  level: v.nullable(level),
  value: v.pipe(v.number(), v.minValue(0), v.maxValue(20)),
  hardest: v.nullable(text(100)),
});

/** The digits of a board, as one decimal digit per cell. */
const digits = v.pipe(v.string(), v.regex(/^[0-9]{16,81}$/));
/**
 * The bit masks of the cells, as two base-32 digits per cell. The string is missing if all masks
 * are 0.
 */
const masks = v.optional(v.pipe(v.string(), v.regex(/^[0-9a-v]{32,162}$/)));
const cells = v.pipe(v.array(count(MOST_CELLS - 1)), v.maxLength(MOST_CELLS));

const board = v.strictObject({
  values: digits,
  centre: masks,
  corner: masks,
  crossed: masks,
  added: masks,
  colours: masks,
  autoNotes: v.boolean(),
  selection: cells,
  cursor: count(MOST_CELLS - 1),
  highlight: count(9),
});

/**
 * A list in which cells and numbers alternate: a cell, the number that is stored for this cell, the
 * next cell, its number, and so on.
 */
const changes = v.optional(v.pipe(v.array(count(511)), v.maxLength(2 * MOST_CELLS)));

const step = v.strictObject({
  values: changes,
  centre: changes,
  corner: changes,
  crossed: changes,
  added: changes,
  colours: changes,
  autoNotes: v.optional(v.boolean()),
  selection: v.optional(cells),
  cursor: v.optional(count(MOST_CELLS - 1)),
  highlight: v.optional(count(9)),
});

const steps = v.pipe(v.array(step), v.maxLength(MOST_STEPS));

const game = v.strictObject({
  size,
  givens: digits,
  origin,
  rating: v.nullable(rating),
  board,
  past: steps,
  future: steps,
  elapsed: time,
  startedOn: day,
  finishedOn: v.nullable(day),
  hintsTaken: count(1_000_000),
});

/** A state of a game. If the player has removed the game, then `game` is null. */
const savedGame = v.strictObject({ id: name, lineage, savedAt: moment, game: v.nullable(game) });

/**
 * The format of a list of states of games. If two tabs have changed a game independently, then the
 * list contains several states of this game.
 */
export const savedGamesSchema = v.pipe(v.array(savedGame), v.maxLength(MOST_GAMES));

const result = v.strictObject({
  id: name,
  size,
  level: v.nullable(level),
  /** The date of a daily puzzle; null for all other puzzles. */
  daily: v.nullable(day),
  startedOn: day,
  finishedOn: v.nullable(day),
  /** The playing time in milliseconds. */
  time,
  hintsTaken: count(1_000_000),
});

/** The format of a list of results. */
export const resultsSchema = v.pipe(v.array(result), v.maxLength(MOST_RESULTS));

export type SavedGame = Readonly<v.InferOutput<typeof savedGame>>;
export type StoredGame = Readonly<v.InferOutput<typeof game>>;
export type StoredBoard = Readonly<v.InferOutput<typeof board>>;
export type StoredStep = Readonly<v.InferOutput<typeof step>>;
export type Result = Readonly<v.InferOutput<typeof result>>;
