import { assert, assertEquals } from "@std/assert";
import { bitCount, maskOf } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { EasiestChains } from "../../../lib/sudoku/techniques/chains/easiest_chains.ts";
import { EasiestFinds } from "../../../lib/sudoku/techniques/easiest_finds.ts";
import { easiestSteps, explain, nextStep } from "../../../lib/sudoku/techniques/find_steps.ts";
import { applyStep, type Step } from "../../../lib/sudoku/techniques/step.ts";
import { uniqueLoop } from "../../../lib/sudoku/techniques/uniqueness/unique_loops.ts";
import { changesOf, notedBoard, onlyIn } from "../../support/noted_board.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";

/**
 * The arguments for one call of `offer`, which describe a chain: its name, base rating, number of
 * claims, kind and number of removals.
 */
type Offer = [name: string, base: number, claims: number, kind: number, removals: number];

const chains: readonly [name: string, offers: readonly Offer[], kept: string][] = [
  ["the lowest rating wins", [["a", 70, 6, 4, 1], ["b", 66, 6, 2, 1], ["c", 80, 4, 5, 9]], "b"],
  ["length counts as rating does", [["a", 66, 40, 2, 1], ["b", 70, 6, 4, 1]], "b"],
  ["of one rating the shorter wins", [["a", 70, 6, 4, 1], ["b", 70, 5, 4, 1]], "b"],
  ["a longer one of the same rating does not", [["a", 70, 5, 4, 1], ["b", 70, 6, 4, 1]], "a"],
  ["of one length the simpler kind wins", [["a", 65, 4, 3, 1], ["b", 65, 4, 2, 1]], "b"],
  ["a less simple kind does not", [["a", 65, 4, 2, 1], ["b", 65, 4, 3, 9]], "a"],
  ["equal ones are all kept, the most effective first", [
    ["a", 65, 4, 2, 1],
    ["b", 65, 4, 2, 3],
    ["c", 65, 4, 2, 2],
  ], "b c a"],
  ["what removes nothing is not kept", [["a", 70, 6, 4, 1], ["b", 65, 4, 2, 0]], "a"],
  ["no offer", [], ""],
];

for (const [name, offers, kept] of chains) {
  Deno.test(`the easiest chains: ${name}`, () => {
    const easiest = new EasiestChains();
    for (const [technique, base, claims, kind, removals] of offers) {
      easiest.offer({ base, claims, kind }, removals, () => ({ technique }) as Step);
    }
    assertEquals(easiest.steps().map(({ technique }) => technique).join(" "), kept);
  });
}

Deno.test("a chain may win until a better one is known", () => {
  const easiest = new EasiestChains();
  const score = { base: 70, claims: 8, kind: 4 };
  assert(easiest.mayWin(score));
  easiest.offer(score, 1, () => ({}) as Step);
  const may = (changes: Partial<typeof score>) => easiest.mayWin({ ...score, ...changes });
  assertEquals(
    [may({}), may({ base: 71 }), may({ base: 69 }), may({ claims: 9 }), may({ claims: 7 })],
    [true, false, true, false, true],
  );
  assertEquals([may({ kind: 5 }), may({ kind: 3 })], [false, true]);
});

Deno.test("of finds with different ratings only the easiest are kept, the most effective first", () => {
  const easiest = new EasiestFinds<string>();
  assertEquals(easiest.all(), []);
  easiest.offer(4.6, 5, "harder");
  easiest.offer(4.5, 1, "one");
  easiest.offer(4.2 + .3, 3, "three");
  easiest.offer(4.5, 2, "two");
  easiest.offer(4.4, 0, "nothing");
  easiest.offer(4.7, 9, "hardest");
  assertEquals(easiest.all(), ["three", "two", "one"]);
});

/** Returns a board with two naked pairs (rated 3.0) and no easier step. */
const twoPairs = () => notedBoard(9, { r1c1: "47", r1c9: "47", r5c2: "28", r5c8: "28" });

Deno.test("all steps of the lowest rating are the easiest", () => {
  const steps = easiestSteps(twoPairs(), Infinity);
  assertEquals(steps.map(({ rating }) => rating), [3, 3]);
  assertEquals(steps.map((step) => changesOf(step)[0]), ["r1c2<>4", "r5c1<>2"]);
  assertEquals(nextStep(twoPairs()), steps[0]);
});

Deno.test("of one technique's steps only those of the lowest rating are the easiest", () => {
  // Two digits have one place left: 5 in box 1 (1.2), and 7 in row 9, but not in its box (1.5).
  const board = notedBoard(9, {});
  for (const cell of board.shape.boxes[0].slice(1)) board.remove(cell, maskOf([5]));
  onlyIn(board, 9, 7, [5]);
  const steps = easiestSteps(board, Infinity);
  assertEquals(steps.map((step) => [step.rating, ...changesOf(step)]), [[1.2, "r1c1=5"]]);
  board.remove(0, maskOf([5]));
  assertEquals(easiestSteps(board, Infinity).map((step) => [step.rating, ...changesOf(step)]), [
    [1.5, "r9c5=7"],
  ]);
});

Deno.test("a limit allows steps up to its rating, and no harder one", () => {
  for (const atMost of [3, 2.96, 5]) {
    assertEquals(nextStep(twoPairs(), { atMost })?.technique, "Naked pair");
    assertEquals(easiestSteps(twoPairs(), atMost).length, 2);
  }
  for (const atMost of [2.9, 2.94, 0]) {
    assertEquals(nextStep(twoPairs(), { atMost }), undefined);
    assertEquals(easiestSteps(twoPairs(), atMost), []);
  }
});

Deno.test("a technique whose steps here are too hard is passed over", () => {
  // A skyscraper costs 4.0, but 4.3 if a link has two cells in a box.
  const board = onlyIn(onlyIn(notedBoard(9, {}), 1, 5, [2, 7, 8]), 9, 5, [2, 9]);
  const step = nextStep(board)!;
  assertEquals(Math.round(10 * step.rating), 43);
  assertEquals(nextStep(board, { atMost: 4.2 }), undefined);
  assertEquals(easiestSteps(board, 4.2), []);
  assertEquals(nextStep(board, { atMost: 4.3 }), step);
  assertEquals(easiestSteps(board, 4.3)[0], step);
});

Deno.test("of steps that presume one solution only the first is offered", () => {
  const board = notedBoard(9, {
    ...{ r1c1: "12", r1c4: "12", r2c1: "12", r2c4: "123" },
    ...{ r7c5: "56", r7c8: "56", r8c5: "56", r8c8: "567" },
  });
  // Two cells of a unit with the same pair would be a naked pair, which is easier.
  clearUnits(board, 0, [1, 2]);
  clearUnits(board, 58, [5, 6]);
  assertEquals([...uniqueLoop.steps(board)].length, 2);
  const steps = easiestSteps(board, Infinity);
  assertEquals(steps.map(changesOf), [["r2c4<>1", "r2c4<>2"]]);
  assertEquals([steps[0].presumesUniqueness, steps[0].rating], [true, 4.5]);
});

/** Removes a pair of digits from the cell's units, except from cells with few candidates. */
function clearUnits(board: Board, cell: number, digits: readonly number[]): void {
  for (const peer of board.shape.peers[cell]) {
    if (bitCount[board.candidates[peer]] > 3) board.remove(peer, maskOf(digits));
  }
}

Deno.test("a board on which no technique helps has no step", () => {
  const empty = Board.of(gridOf(4, new Array(16).fill(0)));
  assertEquals([nextStep(empty), easiestSteps(empty, Infinity)], [undefined, []]);
  assertEquals(explain(gridOf(4, new Array(16).fill(0))), []);
});

Deno.test("an explanation ends at the last step that is allowed", () => {
  const grid = minimalPuzzle(6, 3);
  const all = explain(grid);
  const board = Board.of(grid);
  for (const step of all) {
    assertEquals(step, nextStep(board));
    applyStep(board, step);
  }
  assertEquals(board.empty, 0);
  const hardest = Math.max(...all.map(({ rating }) => rating));
  assertEquals(explain(grid, { atMost: hardest }), all);
  const fewer = explain(grid, { atMost: hardest - .1 });
  const first = all.findIndex(({ rating }) => rating === hardest);
  assertEquals(fewer.slice(0, first), all.slice(0, first));
  assert(fewer.every(({ rating }) => rating < hardest));
});
