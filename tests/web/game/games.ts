/** Provides puzzles, games and random actions for the tests of the game model. */
import fc from "fast-check";
import { readOwnPuzzle } from "../../../lib/web/game/play/read_puzzle.ts";
import type { Action, Direction, Layer } from "../../../lib/web/game/play/action.ts";
import { type Game, newGame } from "../../../lib/web/game/play/game.ts";
import type { Moment } from "../../../lib/web/game/play/moment.ts";
import type { PlayedPuzzle } from "../../../lib/web/game/play/puzzle.ts";
import { reduce } from "../../../lib/web/game/play/reduce.ts";

export const puzzles: Readonly<Record<4 | 6 | 9, PlayedPuzzle>> = {
  4: readOwnPuzzle("1... ..2. .3.. ...4"),
  6: readOwnPuzzle("..4.3. 1....4 5..... .2.... ...... .4.152"),
  9: readOwnPuzzle(
    "53..7.... 6..195... .98....6. 8...6...3 4..8.3..1 7...2...6 .6....28. ...419..5 ....8..79",
  ),
};

export const start: Moment = { time: 1_000_000, date: "2026-11-26" };

/** Returns the moment that is the given number of seconds after {@linkcode start}. */
export function after(seconds: number): Moment {
  return { ...start, time: start.time + seconds * 1000 };
}

/** Returns a new game with the test puzzle of the given size. */
export function gameOn(size: 4 | 6 | 9): Game {
  return newGame(puzzles[size], "a-game", start);
}

/** Carries out the actions in a game, one action per second, and returns the resulting game. */
export function play(game: Game, ...actions: readonly Action[]): Game {
  return actions.reduce((before, action, index) => reduce(before, action, after(index + 1)), game);
}

/**
 * Fills in the correct digits in all but the last `left` empty cells of a game.
 */
export function solveAll(game: Game, left = 0): Game {
  const { givens, solution } = game.puzzle;
  const cells = [...givens.keys()].filter((cell) => givens[cell] === 0);
  return play(
    game,
    ...cells.slice(0, cells.length - left).map((cell): Action => ({
      type: "enter",
      as: "value",
      digit: solution[cell],
      cells: [cell],
    })),
  );
}

const directions: readonly Direction[] = [
  ...["up", "down", "left", "right", "row start", "row end", "first", "last"] as const,
];
const layers: readonly Layer[] = ["value", "centre", "corner", "colour"];

/**
 * Generates any action of a player except undo and redo. The action may be impossible in the game.
 */
export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("enter" as const),
      as: fc.constantFrom(...layers),
      digit: fc.integer({ min: 0, max: 10 }),
      cleanNotes: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("select" as const),
      cells: fc.array(fc.integer({ min: -1, max: 82 }), { maxLength: 6 }),
      how: fc.constantFrom("replace", "add", "remove", "toggle"),
    }),
  },
  fc.record({
    type: fc.constant("move" as const),
    to: fc.constantFrom(...directions),
    extend: fc.boolean(),
  }),
  fc.record({ type: fc.constant("highlight" as const), digit: fc.integer({ min: -1, max: 10 }) }),
  fc.record({ type: fc.constant("autoNotes" as const), on: fc.boolean() }),
  fc.constantFrom<Action>(
    { type: "erase" },
    { type: "fillNotes" },
    { type: "mendNotes" },
    { type: "clearColours" },
    { type: "clear" },
    { type: "countHint" },
  ),
  fc.array(
    fc.record({ cell: fc.integer({ min: 0, max: 81 }), digit: fc.integer({ min: 1, max: 9 }) }),
    { maxLength: 3 },
  ).map((removals): Action => ({ type: "applyHint", placements: [], removals })),
);

export const anyMove: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: anyAction },
  { weight: 1, arbitrary: fc.constantFrom<Action>({ type: "undo" }, { type: "redo" }) },
);

/**
 * Generates a game of any size in which the player has carried out up to 30 actions of any kind.
 */
export const anyGame: fc.Arbitrary<Game> = fc.tuple(
  fc.constantFrom(4, 6, 9),
  fc.array(anyMove, { maxLength: 30 }),
).map(([size, actions]) => play(gameOn(size as 4 | 6 | 9), ...actions));
