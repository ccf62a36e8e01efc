/**
 * Tests the chain searches that reason by distinguishing cases: which conclusions they draw, and
 * which of these they treat as the easiest. These tests derive the expected conclusions from the
 * definitions of the four kinds of conclusions; other tests check which claims follow from a given
 * claim.
 */
import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { bitCount, maskOf } from "../../../lib/sudoku/board/bits.ts";
import type { Board } from "../../../lib/sudoku/board/board.ts";
import { claimOf } from "../../../lib/sudoku/techniques/chains/claims.ts";
import { ConsequenceSearch } from "../../../lib/sudoku/techniques/chains/consequence_search.ts";
import {
  type Consequences,
  countClaims,
} from "../../../lib/sudoku/techniques/chains/consequences.ts";
import {
  dynamicForcingChains,
  multipleForcingChains,
  nishioForcingChain,
} from "../../../lib/sudoku/techniques/chains/multiple_chains.ts";
import type { Step, Technique } from "../../../lib/sudoku/techniques/step.ts";
import { cellName } from "../../../lib/sudoku/board/shape.ts";
import { assertConclusion, surcharge } from "../../support/chain_rules.ts";
import { goldenBoard, goldenSteps } from "../../support/golden_steps.ts";
import { changesOf, notedBoard, onlyIn } from "../../support/noted_board.ts";
import { Position } from "../../support/sudoku_definitions.ts";
import { randomBoard } from "../../support/sudoku_puzzles.ts";

/** The kinds of conclusions, in order of preference. */
const kinds = ["double", "cell", "unit", "contradiction"] as const;
type Kind = typeof kinds[number];

/**
 * A conclusion: its kind, the total number of claims in its chains, and the change that it makes,
 * such as "r1c9=5".
 */
interface Conclusion {
  readonly kind: Kind;
  readonly claims: number;
  readonly change: string;
}

interface Search {
  readonly technique: Technique;
  readonly base: number;
  readonly links: { readonly isDynamic: boolean; readonly inCells: boolean };
  /**
   * Maps each kind of conclusion that the search looks for to the technique name that the resulting
   * steps have.
   */
  readonly names: Partial<Record<Kind, string>>;
  /**
   * The search uses the candidates of a cell as cases only if the cell has at least this many
   * candidates.
   */
  readonly fewest: number;
}

const searches: readonly Search[] = [
  {
    technique: nishioForcingChain,
    ...{ base: 75, fewest: 2, links: { isDynamic: true, inCells: false } },
    names: { contradiction: "Nishio" },
  },
  {
    technique: multipleForcingChains,
    ...{ base: 80, fewest: 3, links: { isDynamic: false, inCells: true } },
    names: { cell: "Multiple cell forcing chains", unit: "Multiple unit forcing chains" },
  },
  {
    technique: dynamicForcingChains,
    ...{ base: 85, fewest: 2, links: { isDynamic: true, inCells: true } },
    names: {
      ...{ cell: "Dynamic cell forcing chains", unit: "Dynamic unit forcing chains" },
      double: "Dynamic double forcing chains",
      contradiction: "Dynamic contradiction forcing chains",
    },
  },
];

/** Lists every conclusion that changes the board. */
function conclusionsOn(board: Board, { links, names, fewest }: Search): Conclusion[] {
  const { shape: { size }, candidates } = board;
  const position = new Position(board);
  const search = new ConsequenceSearch(board, links);
  const known = new Map<number, Consequences>();
  const follow = (cell: number, digit: number, on: boolean) => {
    const claim = claimOf(cell * size + digit - 1, on);
    if (!known.has(claim)) known.set(claim, search.from(claim));
    return known.get(claim)!;
  };
  const found: Conclusion[] = [];
  const add = (kind: Kind, claim: number, claims: number) => {
    const cell = Math.floor((claim >> 1) / size);
    const isOn = (claim & 1) === 1;
    if (!(kind in names) || isOn && bitCount[candidates[cell]] === 1) return;
    const change = `${cellName(board.shape, cell)}${isOn ? "=" : "<>"}${(claim >> 1) % size + 1}`;
    found.push({ kind, claims, change });
  };
  const addCommon = (kind: Kind, cases: readonly Consequences[]) => {
    for (const claim of cases[0].claims) {
      const entries = cases.map(({ entryOf }) => entryOf[claim]);
      if (entries.some((entry) => entry < 0)) continue;
      add(kind, claim, entries.reduce((sum, entry, i) => sum + countClaims(cases[i], entry), 0));
    }
  };
  for (const cell of position.cells) {
    const digits = position.candidates(cell);
    for (const digit of digits) {
      const both = [true, false].map((on) => follow(cell, digit, on));
      for (const one of both) {
        if (!one.contradiction) continue;
        const [on, off] = one.contradiction;
        add("contradiction", one.claims[0] ^ 1, countClaims(one, on) + countClaims(one, off));
      }
      if (digits.length > 2) addCommon("double", both);
    }
    if (digits.length >= fewest) {
      addCommon(
        "cell",
        digits.map((digit) => follow(cell, digit, true)),
      );
    }
  }
  for (const unit of position.all) {
    for (const digit of position.digits) {
      const cells = position.places(unit, digit);
      if (cells.length > 1) addCommon("unit", cells.map((cell) => follow(cell, digit, true)));
    }
  }
  return found;
}

/** Asserts that a search finds exactly the easiest conclusions, and returns their kind. */
function assertEasiest(board: Board, search: Search): Kind | undefined {
  const all = conclusionsOn(board, search);
  const steps: readonly Step[] = [...search.technique.steps(board)];
  // A tenth more for the length can't make a chain easier, so the shortest are the easiest.
  const claims = Math.min(...all.map((one) => one.claims));
  const shortest = all.filter((one) => one.claims === claims);
  const kind = kinds.find((kind) => shortest.some((one) => one.kind === kind));
  const wanted = shortest.filter((one) => one.kind === kind).map(({ change }) => change);
  assertEquals(steps.map((step) => changesOf(step).join()).sort(), wanted.sort());
  for (const step of steps) {
    assertEquals(step.technique, search.names[kind!]);
    assertAlmostEquals(step.rating, (search.base + surcharge(claims)) / 10, 1e-9);
    assertEquals(step.reason.kind, kind === "contradiction" ? "contradiction" : "cases");
    assertConclusion(board, step, search.base);
  }
  return kind;
}

for (const search of searches) {
  Deno.test(`${search.technique.name}: the steps are the easiest of all conclusions`, () => {
    for (const size of [4, 6] as const) {
      for (let seed = 0; seed < 12; seed++) assertEasiest(randomBoard(size, seed), search);
    }
    const seen = new Set<Kind | undefined>();
    for (const example of goldenSteps) {
      if (!Object.values(search.names).includes(example.technique)) continue;
      seen.add(assertEasiest(goldenBoard(example), search));
    }
    assertGreater(seen.size, 0);
  });
}

Deno.test("of equally long chains, those from a candidate that is on or off are preferred", () => {
  // If r1c1 is 5, then r2c5 is. If r1c1 is not 5, then r1c9 and r9c1 are both 5, and therefore r8c8
  // is 5. In both cases, r8c5 loses the candidate 5. Row 1 leads there with as many claims: either
  // r1c1 or r1c9 is 5.
  const board = onlyIn(onlyIn(notedBoard(9, {}), 1, 5, [1, 9]), 2, 5, [2, 3, 5]);
  const elsewhere = "r3c1 r4c1 r5c1 r6c1 r7c1 r8c1 r9c5 r7c7 r7c8 r8c7 r8c9 r9c8 r9c9".split(" ");
  for (const cell of board.candidates.keys()) {
    if (elsewhere.includes(cellName(board.shape, cell))) board.remove(cell, maskOf([5]));
  }
  const [, , dynamic] = searches;
  assertEquals(assertEasiest(board, dynamic), "double");
  const steps = [...dynamicForcingChains.steps(board)];
  assertEquals(steps.map((step) => [step.technique, step.rating, ...changesOf(step)]), [
    ["Dynamic double forcing chains", 8.8, "r8c5<>5"],
  ]);
});
