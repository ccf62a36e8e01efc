/**
 * Finds unique rectangles and unique loops. If all cells of such a loop held the same two digits,
 * the digits could be swapped, and the puzzle would have a second solution. So in a puzzle with
 * only one solution, some cell of the loop holds a different digit. There are four types. Type 1:
 * only one cell has other candidates. Type 2: the other candidates are all the same digit. Type 3:
 * two cells of the loop act as one cell of a subset in a unit. Type 4: one of the two digits is
 * locked in two cells of the loop.
 */
import { bitCount, bitsOf, lowestBit } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Step, Technique } from "../step.ts";
import { EasiestFinds } from "../easiest_finds.ts";
import { candidatesSeenByAll } from "../struck_candidates.ts";
import { type Conclusion, unaided } from "./conclusion.ts";
import { loopSubsets } from "./loop_subsets.ts";
import { findLoops } from "./loop_search.ts";

// The ratings of a loop of four cells and of a loop of ten or more, in tenths, without surcharges.
const RECTANGLE_TENTHS = 45;
const LONG_LOOP_TENTHS = 50;

/**
 * Finds unique rectangles and longer loops, which cannot be filled with the same two digits alone.
 */
export const uniqueLoop: Technique = {
  name: "Unique loop",
  rating: RECTANGLE_TENTHS / 10,
  steps(board) {
    const easiest = new EasiestFinds<Step>();
    for (const { cells, pair } of findLoops(board)) {
      for (const step of stepsOf(board, cells, pair)) {
        easiest.offer(step.rating, step.removals.length, step);
      }
    }
    return easiest.all();
  },
};

function* stepsOf(
  board: Board,
  cells: readonly number[],
  pair: number,
): Generator<Step> {
  const extra = cells.filter((cell) => bitCount[board.candidates[cell]] > 2);
  const [first, second] = bitsOf[pair];
  for (const result of resultsOf(board, extra, pair)) {
    const { type, removals, surcharge, units, helpers, helperDigits } = result;
    yield {
      technique: cells.length === 4 ? "Unique rectangle" : "Unique loop",
      rating: (lengthRating(cells.length) + surcharge) / 10,
      placements: [],
      removals,
      cells,
      units,
      presumesUniqueness: true,
      size: board.shape.size,
      reason: {
        kind: "unique loop",
        type,
        digits: [first + 1, second + 1],
        extra,
        helpers,
        helperDigits,
      },
    };
  }
}

/** Returns the rating of a loop in tenths. */
function lengthRating(length: number): number {
  if (length >= 10) return LONG_LOOP_TENTHS;
  return RECTANGLE_TENTHS + (length - 4) / 2;
}

function* resultsOf(
  board: Board,
  extra: readonly number[],
  pair: number,
): Generator<Conclusion> {
  if (extra.length === 1) {
    const removals = Array.from(bitsOf[pair], (bit) => ({
      cell: extra[0],
      digit: bit + 1,
    }));
    yield { ...unaided, type: 1, removals };
    return;
  }
  const others = extra.reduce((all, cell) => all | board.candidates[cell], 0) &
    ~pair;
  if (bitCount[others] === 1) {
    const digit = lowestBit(others) + 1;
    const removals = candidatesSeenByAll(board, extra, digit);
    yield { ...unaided, type: 2, removals };
  }
  if (extra.length !== 2) return;
  if (bitCount[others] > 1) yield* loopSubsets(board, extra, pair, others);
  yield* lockedDigits(board, extra, pair);
}

/**
 * Yields conclusions of type 4. A unit can have one digit of the pair only in the two cells, so
 * these cells cannot hold the other digit of the pair.
 */
function* lockedDigits(
  board: Board,
  [first, second]: readonly number[],
  pair: number,
): Generator<Conclusion> {
  for (const unit of board.shape.unitsOf[first]) {
    if (!board.shape.unitsOf[second].includes(unit)) continue;
    for (const bit of bitsOf[pair]) {
      if (bitCount[board.placesOf(unit, bit + 1)] !== 2) continue;
      const other = bitsOf[pair & ~(1 << bit)][0] + 1;
      yield {
        ...unaided,
        type: 4,
        removals: [first, second].map((cell) => ({ cell, digit: other })),
        units: [unit],
        helperDigits: [bit + 1],
      };
    }
  }
}
