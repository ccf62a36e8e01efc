/**
 * Finds bivalue universal graves. Such a grave is a board on which every empty cell has exactly two
 * candidates, and every digit that is missing from a unit has exactly two places there. A puzzle
 * that led to such a board would have either no solution or at least two solutions. If only a few
 * extra candidates prevent a board from being a grave, then at least one of these extra candidates
 * must be right.
 *
 * There are four types of conclusions. In type 1, only one cell has extra candidates. In type 2,
 * all extra candidates are the same digit. In type 3, the cells with extra candidates form a subset
 * together with other cells of a unit. In type 4, two cells share a digit, and one of these two
 * cells must hold this digit.
 */
import { bitCount, digitsOf, lowestBit } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Step, Technique } from "../step.ts";
import { EasiestFinds } from "../easiest_finds.ts";
import { type Conclusion, unaided } from "./conclusion.ts";
import { virtualSubsets } from "./virtual_subsets.ts";
import { candidatesIn, candidatesSeenByAll } from "../struck_candidates.ts";
import { findExtras } from "./grave_search.ts";

/** The rating of type 1, in tenths. */
const EASIEST_TENTHS = 56;

/**
 * Removes candidates if only a few extra candidates prevent the board from being a bivalue
 * universal grave.
 */
export const bivalueUniversalGrave: Technique = {
  name: "Bivalue universal grave",
  rating: EASIEST_TENTHS / 10,
  steps(board) {
    const extras = findExtras(board);
    if (!extras) return [];
    const easiest = new EasiestFinds<Step>();
    for (const result of resultsOf(board, extras)) {
      const step = stepOf(board, extras, result);
      easiest.offer(step.rating, step.removals.length, step);
    }
    return easiest.all();
  },
};

function stepOf(
  board: Board,
  extras: ReadonlyMap<number, number>,
  { type, removals, surcharge, units, helpers, helperDigits }: Conclusion,
): Step {
  const extra = [...extras].flatMap(([cell, digits]) =>
    digitsOf(digits).map((digit) => ({ cell, digit }))
  );
  return {
    technique: "Bivalue universal grave",
    rating: (EASIEST_TENTHS + surcharge) / 10,
    placements: [],
    removals,
    cells: [...extras.keys()],
    units,
    presumesUniqueness: true,
    size: board.shape.size,
    reason: {
      kind: "bivalue universal grave",
      type,
      extra,
      helpers,
      helperDigits,
    },
  };
}

function* resultsOf(
  board: Board,
  extras: ReadonlyMap<number, number>,
): Generator<Conclusion> {
  const cells = [...extras.keys()];
  const all = [...extras.values()].reduce((mask, digits) => mask | digits, 0);
  if (cells.length === 1) {
    const removals = candidatesIn(board, cells, ~all & 0x1ff);
    yield { ...unaided, type: 1, removals };
    return;
  }
  if (bitCount[all] === 1) {
    yield {
      ...unaided,
      type: 2,
      surcharge: 1,
      removals: candidatesSeenByAll(board, cells, lowestBit(all) + 1),
    };
  } else yield* graveSubsets(board, cells, all);
  if (cells.length === 2) yield* sharedDigit(board, cells, extras);
}

/**
 * Yields the conclusions of type 4. In this type, only two cells have extra candidates, and a unit
 * contains both of these cells. If the two cells share a candidate that is not an extra candidate,
 * then these two cells are the only places for this digit in the unit. So one of the cells holds
 * this digit, and the other cell holds one of its extra candidates. All other candidates of the two
 * cells are removed.
 */
function* sharedDigit(
  board: Board,
  cells: readonly number[],
  extras: ReadonlyMap<number, number>,
): Generator<Conclusion> {
  const [first, second] = cells;
  const all = extras.get(first)! | extras.get(second)!;
  const shared = board.candidates[first] & board.candidates[second] & ~all;
  if (bitCount[shared] !== 1) return;
  for (const unit of board.shape.unitsOf[first]) {
    if (!board.shape.unitsOf[second].includes(unit)) continue;
    yield {
      ...unaided,
      type: 4,
      surcharge: 1,
      removals: cells.flatMap((cell) =>
        candidatesIn(board, [cell], ~(extras.get(cell)! | shared) & 0x1ff)
      ),
      units: [unit],
      helperDigits: digitsOf(shared),
    };
  }
}

/**
 * Yields the conclusions of type 3. If a unit contains all cells with extra candidates, then these
 * cells together act as one cell of a naked subset.
 */
function* graveSubsets(
  board: Board,
  cells: readonly number[],
  extras: number,
): Generator<Conclusion> {
  for (const unit of board.shape.unitsOf[cells[0]]) {
    if (!cells.every((cell) => board.shape.unitsOf[cell].includes(unit))) {
      continue;
    }
    for (let size = 2; size <= 6; size++) {
      const cell = { unit, cells, digits: extras, size };
      for (const subset of virtualSubsets(board, cell)) {
        yield { ...subset, type: 3, surcharge: size };
      }
    }
  }
}
