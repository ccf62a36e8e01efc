import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import type { Action } from "../../../../lib/web/game/play/action.ts";
import type { Game } from "../../../../lib/web/game/play/game.ts";
import { cellLists, sameBoard } from "../../../../lib/web/game/play/position.ts";
import { anyAction, anyGame, gameOn, play, solveAll } from "../games.ts";

const undo: Action = { type: "undo" };
const redo: Action = { type: "redo" };

Deno.test("undoing and redoing everything restores every board on the way", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(4, 6, 9),
      fc.array(anyAction, { maxLength: 40 }),
      (size, actions) => {
        const first = gameOn(size as 4 | 6 | 9);
        // Each board is restored as the player left it, including the selection.
        const left: Game[] = [];
        let game = first;
        for (const action of actions) {
          const next = play(game, action);
          if (!sameBoard(next.position, game.position)) left.push(game);
          game = next;
        }
        let back = game;
        for (const before of left.toReversed()) {
          back = play(back, undo);
          assertEquals(back.position, before.position);
        }
        assert(sameBoard(back.position, first.position));
        assertStrictEquals(play(back, undo), back);
        for (const board of [...left.slice(1), game]) {
          back = play(back, redo);
          assertEquals(back.position, board.position);
        }
        assertStrictEquals(play(back, redo), back);
        assertEquals([back.past, back.future], [game.past, game.future]);
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("no action changes the game that it is given", () => {
  fc.assert(
    fc.property(anyGame, anyAction, (game, action) => {
      const before = structuredClone(game);
      play(game, action);
      assertEquals(structuredClone(game), before);
    }),
    { numRuns: 200 },
  );
});

Deno.test("every list of a position is frozen, so that no other code can change it", () => {
  fc.assert(fc.property(anyGame, ({ position, past }) => {
    for (const board of [position, ...past]) {
      assert(Object.isFrozen(board));
      for (const name of cellLists) assert(Object.isFrozen(board[name]), name);
      assert(Object.isFrozen(board.selection));
    }
  }));
});

Deno.test("undo restores the player's selection and highlight", () => {
  const before = play(
    gameOn(4),
    { type: "select", cells: [1, 2], how: "replace" },
    { type: "highlight", digit: 3 },
  );
  const later = play(
    before,
    { type: "enter", as: "colour", digit: 2 },
    { type: "select", cells: [7], how: "replace" },
    { type: "highlight", digit: 1 },
  );
  assertEquals(play(later, undo).position, before.position);
  assertEquals(play(later, undo, redo).position, later.position);
});

Deno.test("selecting is not a step, and keeps the steps that can be redone", () => {
  const entered = play(gameOn(4), { type: "enter", as: "value", digit: 2, cells: [1] });
  const undone = play(entered, undo, { type: "move", to: "down" });
  assertEquals(undone.past.length, 0);
  assertEquals(play(undone, redo).position.values, entered.position.values);
});

Deno.test("a long game can be undone to its start", () => {
  const steps = Array.from({ length: 500 }, (_, index): Action => ({
    type: "enter",
    as: "colour",
    digit: index % 9 + 1,
    cells: [index % 81],
  }));
  const game = play(gameOn(9), ...steps);
  assertEquals(play(game, ...steps.map(() => undo)).position, gameOn(9).position);
});

Deno.test("a new step discards the undone steps", () => {
  const entered = play(gameOn(4), { type: "enter", as: "value", digit: 2, cells: [1] });
  const other = play(entered, undo, { type: "enter", as: "value", digit: 3, cells: [1] });
  assertStrictEquals(play(other, redo), other);
  assertEquals(other.past.length, 1);
});

Deno.test("a finished game can be replayed, and stays finished", () => {
  const finished = solveAll(gameOn(4));
  const back = play(finished, undo, undo);
  assertEquals(back.finishedOn, finished.finishedOn);
  assert(back.position.values.includes(0));
  assertStrictEquals(play(back, { type: "enter", as: "value", digit: 1, cells: [1] }), back);
  assertEquals(play(back, redo, redo).position, finished.position);
});
