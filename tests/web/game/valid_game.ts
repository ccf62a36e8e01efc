import { assert, assertEquals } from "@std/assert";
import { gridOf, solve } from "../../../lib/sudoku/mod.ts";
import type { Game } from "../../../lib/web/game/play/game.ts";
import { cellLists, type Position } from "../../../lib/web/game/play/position.ts";
import type { PlayedPuzzle } from "../../../lib/web/game/play/puzzle.ts";

/** Throws if the game is in a state that no sequence of actions could have reached. */
export function assertValid(game: Game): void {
  const { puzzle, position, past, future, timer, finishedOn } = game;
  const outcome = solve(gridOf(puzzle.size, puzzle.givens));
  assert(outcome.kind === "one");
  assertEquals([...outcome.solution.values], puzzle.solution);
  for (const board of [...past, position, ...future]) assertBoard(board, puzzle);
  const isSolved = (future[0] ?? position).values.join() === puzzle.solution.join();
  assertEquals(finishedOn !== null, isSolved);
  assert(timer.before >= 0 && Number.isSafeInteger(timer.before));
  assert(Number.isSafeInteger(game.hintsTaken) && game.hintsTaken >= 0);
}

function assertBoard(board: Position, { size, givens }: PlayedPuzzle): void {
  gridOf(size, board.values);
  givens.forEach((given, cell) => assert(given === 0 || board.values[cell] === given));
  for (const name of cellLists) {
    assertEquals(board[name].length, size * size);
    for (const item of board[name]) assert(Number.isInteger(item) && item >= 0 && item < 512);
  }
  const { selection, cursor, highlight } = board;
  assertEquals(selection, [...new Set(selection)].sort((a, b) => a - b));
  for (const cell of [cursor, ...selection]) assert(givens[cell] !== undefined);
  assert(Number.isInteger(highlight) && highlight >= 0 && highlight <= size);
}
