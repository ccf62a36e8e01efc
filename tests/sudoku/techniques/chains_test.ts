/**
 * Tests chains on two kinds of boards. On boards made by hand, the easiest chains are known. On
 * random boards, the tests check that every claim follows from the claims that it names as its
 * causes.
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { maskOf } from "../../../lib/sudoku/board/bits.ts";
import type { Board } from "../../../lib/sudoku/board/board.ts";
import { forcingChain } from "../../../lib/sudoku/techniques/chains/forcing_chains.ts";
import {
  dynamicForcingChains,
  multipleForcingChains,
  nishioForcingChain,
} from "../../../lib/sudoku/techniques/chains/multiple_chains.ts";
import type { Step, Technique } from "../../../lib/sudoku/techniques/step.ts";
import { assertConclusion } from "../../support/chain_rules.ts";
import { changesOf, namesOf, notedBoard, onlyIn } from "../../support/noted_board.ts";
import { randomBoard } from "../../support/sudoku_puzzles.ts";

interface Case {
  readonly name: string;
  readonly board: () => Board;
  readonly technique: string;
  readonly rating: number;
  /** The number of claims in each chain. */
  readonly length: number;
  /**
   * The changes that the steps make, as one string per step. The changes in a string are separated
   * by spaces. If several steps make the same changes, their string is listed only once.
   */
  readonly changes: readonly string[];
}

const open = () => notedBoard(9, {});
const rest = (line: (i: number) => string, without: readonly number[], digits: readonly number[]) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((i) => !without.includes(i))
    .flatMap((i) => digits.map((digit) => `${line(i)}<>${digit}`));
const row = (r: number) => (c: number) => `r${r}c${c}`;
const column = (c: number) => (r: number) => `r${r}c${c}`;

const cases: readonly Case[] = [
  {
    name: "two rows with two places each in the same columns",
    board: () => onlyIn(onlyIn(open(), 1, 5, [1, 9]), 5, 5, [1, 9]),
    ...{ technique: "X-cycle", rating: 6.5, length: 4 },
    changes: [[...rest(column(1), [1, 5], [5]), ...rest(column(9), [1, 5], [5])].sort().join(" ")],
  },
  {
    name: "three rows with two places each in three columns",
    board: () =>
      [[1, 1, 4], [4, 4, 7], [7, 1, 7]].reduce(
        (board, [r, a, b]) => onlyIn(board, r, 5, [a, b]),
        open(),
      ),
    ...{ technique: "X-cycle", rating: 6.5, length: 6 },
    changes: [
      [1, 4, 7].flatMap((c) => rest(column(c), [1, 4, 7], [5])).sort().join(" "),
    ],
  },
  {
    name: "four cells with two candidates each, each next one with one of them",
    board: () => notedBoard(9, { r1c1: "12", r1c9: "23", r5c9: "34", r5c1: "14" }),
    ...{ technique: "Y-cycle", rating: 6.6, length: 8 },
    changes: [
      [
        ...[...rest(column(1), [1, 5], [1]), ...rest(row(1), [1, 9], [2])],
        ...[...rest(column(9), [1, 5], [3]), ...rest(row(5), [1, 9], [4])],
      ].sort().join(" "),
    ],
  },
  {
    name: "three cells of a row with two candidates each",
    board: () => notedBoard(9, { r1c1: "12", r1c5: "23", r1c9: "13" }),
    ...{ technique: "Y-cycle", rating: 6.5, length: 6 },
    changes: [rest(row(1), [1, 5, 9], [1, 2, 3]).sort().join(" ")],
  },
  {
    name: "three cells far from the first one",
    board: () => notedBoard(9, { r5c2: "45", r5c5: "56", r5c9: "46" }),
    ...{ technique: "Y-cycle", rating: 6.5, length: 6 },
    changes: [rest(row(5), [2, 5, 9], [4, 5, 6]).sort().join(" ")],
  },
  {
    name: "two rows with two places, one of them in the same column",
    board: () => onlyIn(onlyIn(open(), 1, 5, [2, 7]), 9, 5, [2, 8]),
    ...{ technique: "Forcing X-chain", rating: 6.6, length: 6 },
    changes: ["r2c8<>5", "r3c8<>5", "r7c7<>5", "r8c7<>5"],
  },
  {
    name: "a cell with two candidates, and two with one of them and a third",
    board: () => notedBoard(9, { r1c1: "12", r1c9: "23", r5c1: "13" }),
    ...{ technique: "Forcing chain", rating: 7.1, length: 8 },
    changes: ["r5c9<>3"],
  },
  {
    name: "a cell with two candidates, a column and a row with two places",
    board: () => {
      const board = onlyIn(notedBoard(9, { r1c1: "56" }), 5, 5, [1, 9]);
      for (const r of [2, 3, 4, 6, 7, 8, 9]) board.remove(9 * r - 1, maskOf([6]));
      return board;
    },
    ...{ technique: "Cycle", rating: 7, length: 6 },
    changes: [
      [...rest(column(1), [1, 5], [5]), ...rest(row(1), [1, 9], [6])].sort().join(" "),
    ],
  },
];

for (const { name, board, technique, rating, length, changes } of cases) {
  Deno.test(`${technique}: ${name}`, () => {
    const steps = stepsOn(forcingChain, board());
    assertEquals([...new Set(steps.map((step) => changesOf(step).join(" ")))].sort(), changes);
    for (const step of steps) {
      assertEquals(step.technique, technique);
      assertAlmostEquals(step.rating, rating, 1e-9);
      assert("chains" in step.reason);
      assertEquals(step.reason.kind, /cycle/i.test(technique) ? "cycle" : "chain");
      assertEquals(step.reason.chains.map((chain) => chain.length), [length]);
    }
  });
}

Deno.test("a cell holds a digit if its absence leads back to it", () => {
  // Without its 5, r1c1 leaves 5 to r1c9, 6 to r9c9, 8 to r9c1, and so 5 to r1c1.
  const board = notedBoard(9, { r1c1: "58" });
  onlyIn(onlyIn(board, 1, 5, [1, 9]), 9, 8, [1, 9]);
  for (const r of [2, 3, 4, 5, 6, 7, 8]) board.remove(9 * r - 1, maskOf([6]));
  const steps = stepsOn(forcingChain, board);
  const changes = new Set(steps.map((step) => changesOf(step).join()));
  assert(changes.has("r1c1=5"), [...changes].join());
  assert(changes.has("r1c1<>8"), [...changes].join());
  for (const step of steps) {
    assertEquals([step.technique, step.rating], ["Forcing chain", 7.1]);
    assertConclusion(board, step, 70);
  }
});

Deno.test("a board on which nothing has two places or candidates has no chain of single claims", () => {
  for (const board of [open(), onlyIn(open(), 1, 5, [1, 9])]) {
    assertEquals(stepsOn(forcingChain, board), []);
  }
  const wrong = { r1c1: "12", r1c9: "23", r5c9: "34", r5c1: "45" };
  assertEquals(stepsOn(forcingChain, notedBoard(9, wrong)), []);
});

Deno.test("Nishio: a digit is struck where it would take both places of a row", () => {
  const board = onlyIn(onlyIn(open(), 1, 5, [2, 7]), 9, 5, [2, 8]);
  const steps = stepsOn(nishioForcingChain, board);
  const changes = steps.map((step) => changesOf(step).join()).sort();
  assertEquals(changes, ["r2c8<>5", "r3c8<>5", "r7c7<>5", "r8c7<>5"]);
  for (const step of steps) {
    // Four claims to one end and three to the other.
    assertEquals([step.technique, step.rating], ["Nishio", 7.6]);
    assertConclusion(board, step, 75);
  }
  // Nishio follows one digit, so it does not see what cells with two candidates say.
  const pairs = notedBoard(9, { r1c1: "12", r1c9: "23", r5c1: "13" });
  assertEquals(stepsOn(nishioForcingChain, pairs), []);
});

Deno.test("cell forcing chains: whichever of its three candidates a cell holds, another is struck", () => {
  // For each candidate of r1c1, row 1 has a cell with that candidate and 9.
  const board = notedBoard(9, { r1c1: "123", r1c5: "19", r1c6: "29", r1c7: "39" });
  const steps = stepsOn(multipleForcingChains, board);
  const changes = [...new Set(steps.map((step) => changesOf(step).join()))].sort();
  assertEquals(changes, ["r1c2<>9", "r1c3<>9", "r1c4<>9", "r1c8<>9", "r1c9<>9"]);
  for (const step of steps) {
    assertEquals(step.technique, "Multiple cell forcing chains");
    // Three chains of four claims: a candidate, its absence in the cell, the cell's 9, no 9 here.
    assertAlmostEquals(step.rating, 8.3, 1e-9);
    assertConclusion(board, step, 80);
  }
});

Deno.test("a cell with two candidates is a case of dynamic chains only", () => {
  const board = notedBoard(9, { r1c1: "12", r5c1: "19", r1c9: "29" });
  const techniquesOf = (technique: Technique) =>
    new Set(stepsOn(technique, board).map((step) => step.technique));
  assert(!techniquesOf(multipleForcingChains).has("Multiple cell forcing chains"));
  const steps = stepsOn(dynamicForcingChains, board);
  assertEquals(
    [...new Set(steps.map((step) => changesOf(step).join()))],
    ["r5c9<>9"],
  );
  for (const step of steps) {
    assertEquals([step.technique, step.rating], ["Dynamic cell forcing chains", 8.6]);
    assertConclusion(board, step, 85);
  }
});

Deno.test("unit forcing chains: wherever a row has its digit, another is struck", () => {
  // Row 1 has 5 in columns 1, 4 and 7, and below each of these r5 has a cell with 5 and 9.
  const board = onlyIn(notedBoard(9, { r5c1: "59", r5c4: "59", r5c7: "589" }), 1, 5, [1, 4, 7]);
  const none = stepsOn(multipleForcingChains, board).map((step) => changesOf(step).join());
  const both = onlyIn(notedBoard(9, { r5c1: "59", r5c4: "59", r5c7: "59" }), 1, 5, [1, 4, 7]);
  const steps = stepsOn(multipleForcingChains, both)
    .filter(({ technique }) => technique === "Multiple unit forcing chains");
  const changes = new Set(steps.map((step) => changesOf(step).join()));
  for (const c of [2, 3, 5, 6, 8, 9]) {
    assert(changes.has(`r5c${c}<>9`), [...changes].join());
    assert(!none.includes(`r5c${c}<>9`));
  }
  for (const step of steps) assertConclusion(both, step, 80);
});

const searches: readonly [Technique, bases: Readonly<Record<string, number>>][] = [
  [forcingChain, {
    ...{ "Forcing X-chain": 66, "Forcing chain": 70 },
    ...{ "X-cycle": 65, "Y-cycle": 65, "Cycle": 70 },
  }],
  [nishioForcingChain, { "Nishio": 75 }],
  [multipleForcingChains, {
    ...{ "Multiple cell forcing chains": 80, "Multiple unit forcing chains": 80 },
  }],
  [dynamicForcingChains, {
    ...{ "Dynamic cell forcing chains": 85, "Dynamic unit forcing chains": 85 },
    ...{ "Dynamic double forcing chains": 85, "Dynamic contradiction forcing chains": 85 },
  }],
];

for (const [technique, bases] of searches) {
  Deno.test(`${technique.name} on random boards: every claim follows, and the rating has the length`, () => {
    const found = new Set<string>();
    for (const size of [4, 6] as const) {
      for (let seed = 0; seed < 30; seed++) {
        const board = randomBoard(size, seed);
        const steps = stepsOn(technique, board);
        for (const step of steps) {
          assert(step.technique in bases, step.technique);
          assertConclusion(board, step, bases[step.technique]);
          found.add(step.technique);
        }
        // All steps of one search have the same rating, and the steps that remove the most come
        // first.
        assertEquals(new Set(steps.map(({ rating }) => rating)).size, Math.min(1, steps.length));
        const sizes = steps.map((step) => effectOf(board, step));
        assert(sizes.every((count) => count > 0));
        assertEquals(sizes, sizes.toSorted((a, b) => b - a));
      }
    }
    assertGreater(found.size, 0);
    if (technique !== forcingChain) return;
    assertEquals([...found].sort(), ["Forcing X-chain", "X-cycle", "Y-cycle"]);
  });
}

Deno.test("a cycle removes what sees one of its claims on either side, outside its cells", () => {
  let cycles = 0;
  for (let seed = 0; seed < 60; seed++) {
    const board = randomBoard(6, seed);
    for (const step of stepsOn(forcingChain, board)) {
      if (step.reason.kind !== "cycle") continue;
      const [chain] = step.reason.chains;
      const { peers } = board.shape;
      const wanted = [...board.candidates.keys()].flatMap((cell) =>
        [1, 2, 3, 4, 5, 6].filter((digit) =>
          board.candidates[cell] >> (digit - 1) & 1 && !step.cells.includes(cell) &&
          [true, false].every((on) =>
            chain.some((link) =>
              link.digit === digit && link.on === on && peers[cell].includes(link.cell)
            )
          )
        ).map((digit) => ({ cell, digit }))
      );
      const key = ({ cell, digit }: { cell: number; digit: number }) => `${cell}:${digit}`;
      assertEquals(
        step.removals.map(key).sort(),
        wanted.map(key).sort(),
        namesOf(step, step.cells),
      );
      cycles++;
    }
  }
  assertGreater(cycles, 0);
});

/**
 * Counts the candidates that a step removes, including the other candidates of the cells that it
 * fills.
 */
function effectOf(board: Board, { placements, removals }: Step): number {
  const kept = placements.map(({ cell }) => {
    const notes = board.candidates[cell].toString(2).replaceAll("0", "");
    return notes.length - 1;
  });
  return removals.length + kept.reduce((sum, count) => sum + count, 0);
}

function stepsOn(technique: Technique, board: Board): readonly Step[] {
  return [...technique.steps(board)];
}
