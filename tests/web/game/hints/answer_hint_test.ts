import { assert, assertEquals } from "@std/assert";
import { describeStep, generate, type Level } from "../../../../lib/sudoku/mod.ts";
import { answerHint, hintQuestion } from "../../../../lib/web/game/hints/answer_hint.ts";
import type { Hint, HintAnswer } from "../../../../lib/web/game/hints/hint.ts";
import type { Action } from "../../../../lib/web/game/play/action.ts";
import { type Game, isFinished, newGame } from "../../../../lib/web/game/play/game.ts";
import { candidatesInGame, digitsIn, notesOf } from "../../../../lib/web/game/play/notes.ts";
import { puzzleOf } from "../../../../lib/web/game/play/puzzle.ts";
import { readOwnPuzzle } from "../../../../lib/web/game/play/read_puzzle.ts";
import { gameOn, play, solveAll, start } from "../games.ts";

/** A limit on the number of hints. No puzzle needs this many hints. */
const MOST_HINTS = 400;

const levels: readonly [Level, seed: number][] = [
  ["hard", 6],
  ["hard", 8],
  ["expert", 4],
  ["extreme", 3],
  ["extreme", 6],
];

for (const notes of ["own", "automatic"] as const) {
  Deno.test(`hints lead through whole games with ${notes} notes`, () => {
    for (const [level, seed] of levels) {
      let game = play(made(level, seed), { type: "autoNotes", on: notes === "automatic" });
      const seen = new Set<string>();
      for (let count = 0; count < MOST_HINTS && !isFinished(game); count++) {
        const hint = hintFor(game);
        seen.add(hint.technique);
        const next = play(game, apply(hint));
        assert(next.past.length === game.past.length + 1, `${hint.technique} changes nothing`);
        game = next;
      }
      assert(isFinished(game), `${level} ${seed} is not finished`);
      assert(seen.size > 2);
    }
  });
}

Deno.test("a hint has three parts, and they agree with each other", () => {
  for (const [level, seed] of levels) {
    let game = made(level, seed);
    while (!isFinished(game)) {
      const hint = hintFor(game);
      const { where, technique, sentence, step, drawing } = hint;
      assert(where.units.length >= 1 && where.units.length <= 4, technique);
      assert(where.cells.length >= 9 && where.cells.length <= 36, technique);
      assertEquals(sentence, describeStep(step));
      assert(sentence.startsWith(technique));
      assert(drawing.placements.length + drawing.removals.length > 0);
      assertEquals([drawing.placements, drawing.removals], [step.placements, step.removals]);
      game = play(game, apply(hint));
    }
  }
});

Deno.test("hints take account of candidates that the player has removed, and do not remove them again", () => {
  const game = play(made("hard", 6), { type: "autoNotes", on: true });
  let later = game;
  while (hintFor(later).drawing.removals.length === 0) later = play(later, apply(hintFor(later)));
  const { removals } = hintFor(later).drawing;
  const struck = removals.reduce(
    (before, { cell, digit }) =>
      play(before, { type: "enter", as: "centre", digit, cells: [cell] }),
    later,
  );
  for (const gone of hintFor(struck).drawing.removals) {
    assert(!removals.some(({ cell, digit }) => cell === gone.cell && digit === gone.digit));
  }
});

Deno.test("the player's notes can make a step easier than the board alone", () => {
  // The rules allow 1 or 2 in cell 13, but the player has noted only the 1.
  const game = play(
    gameOn(4),
    { type: "enter", as: "centre", digit: 1, cells: [13] },
  );
  const { notes } = hintQuestion(game);
  assertEquals(digitsIn(notes[13]), [1]);
  assertEquals(digitsIn(notes[1]), [2, 4]);
});

Deno.test("the answer reports mistakes before it gives a hint", () => {
  const blank = gameOn(4);
  const { solution } = blank.puzzle;
  const wrong = solution[1] % 4 + 1;
  const cases: [name: string, actions: Action[], answer: HintAnswer][] = [
    ["a wrong digit", [value(wrong, 1)], { kind: "wrong values", cells: [1] }],
    [
      "two, and wrong notes",
      [value(wrong, 1), value(solution[5] % 4 + 1, 5), mark(solution[2] % 4 + 1, 2)],
      { kind: "wrong values", cells: [1, 5] },
    ],
    [
      "notes that lack the digit",
      [mark(solution[2] % 4 + 1, 2)],
      { kind: "wrong notes", cells: [2] },
    ],
    [
      "all candidates crossed out",
      [{ type: "autoNotes", on: true }, { type: "erase", cells: [13] }],
      { kind: "wrong notes", cells: [13] },
    ],
  ];
  for (const [name, actions, answer] of cases) {
    assertEquals(answerHint(hintQuestion(play(blank, ...actions))), answer, name);
  }
  assertEquals(answerHint(hintQuestion(solveAll(blank))), { kind: "full" });
});

Deno.test("corrected notes get a hint again", () => {
  const { puzzle: { solution } } = gameOn(4);
  const game = play(gameOn(4), mark(solution[2] % 4 + 1, 2), { type: "mendNotes" });
  assertEquals(answerHint(hintQuestion(game)).kind, "hint");
});

Deno.test("hints ignore corner marks", () => {
  const game = play(gameOn(4), { type: "enter", as: "corner", digit: 1, cells: [2, 4, 13] });
  assertEquals(answerHint(hintQuestion(game)), answerHint(hintQuestion(gameOn(4))));
});

Deno.test("a right digit is offered if no technique helps", () => {
  // "Easter Monster" is beyond the techniques of lib/sudoku.
  const hardest = readOwnPuzzle(
    "1.......2.9.4...5...6...7...5.9.3.......7.......85..4.7.....6...3...9.8...2.....1",
  );
  const answer = answerHint(hintQuestion(newGame(hardest, "hardest", start)));
  assert(answer.kind === "stuck");
  const { cell, digit } = answer.digit;
  assertEquals([hardest.givens[cell], hardest.solution[cell]], [0, digit]);
  const counts = candidatesInGame(hardest.givens, 9).map((mask) => digitsIn(mask).length);
  assertEquals(counts[cell], Math.min(...counts.filter((count) => count > 0)));
});

Deno.test("a request for a hint does not change the player's notes", () => {
  const game = play(gameOn(4), mark(2, 1));
  const shown = notesOf(game.position, 4);
  hintQuestion(game);
  assertEquals(notesOf(game.position, 4), shown);
});

function made(level: Level, seed: number): Game {
  const { grid } = generate({ level, seed });
  return newGame(puzzleOf(9, grid.values), `${level}-${seed}`, start);
}

function hintFor(game: Game): Hint {
  const answer = answerHint(hintQuestion(game));
  assert(answer.kind === "hint", answer.kind);
  return answer.hint;
}

function apply({ drawing: { placements, removals } }: Hint): Action {
  return { type: "applyHint", placements, removals };
}

function value(digit: number, cell: number): Action {
  return { type: "enter", as: "value", digit, cells: [cell] };
}

function mark(digit: number, cell: number): Action {
  return { type: "enter", as: "centre", digit, cells: [cell] };
}
