/**
 * Finds unique rectangles and unique loops. If the cells of such a loop held only two digits, then
 * these digits could be swapped, and the puzzle would have a second solution. So if the puzzle has
 * only one solution, then at least one cell of the loop holds a different digit.
 *
 * There are four types of conclusions. In type 1, only one cell of the loop has candidates other
 * than the two digits. In type 2, all other candidates are the same digit. In type 3, two cells of
 * the loop act as one cell of a subset in a unit. In type 4, one of the two digits is locked in two
 * cells of the loop.
 */
import { bitCount, bitsOf, lowestBit } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Step, Technique } from "../step.ts";
import { EasiestFinds } from "../easiest_finds.ts";
import { candidatesSeenByAll } from "../struck_candidates.ts";
import { type Conclusion, unaided } from "./conclusion.ts";
import { loopSubsets } from "./loop_subsets.ts";
import { findLoops } from "./loop_search.ts";

// The ratings of a loop of four cells and of a loop of at least ten cells, in tenths. Surcharges
// are not included.
const RECTANGLE_TENTHS = 45;
const LONG_LOOP_TENTHS = 50;

/**
 * Finds unique rectangles and longer unique loops. In a puzzle with only one solution, the cells of
 * such a loop cannot all be filled with the same two digits.
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

/** Returns the rating of a loop with `length` cells, in tenths. Surcharges are not included. */
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
 * Yields the conclusions of type 4, in which two cells of the loop have candidates besides the two
 * digits of the pair. If these two cells are the only places for a digit of the pair in some unit,
 * then one of the cells must hold this digit. If the remaining cell of the two held the pair's
 * second digit, then every cell of the loop would hold a digit of the pair. So the second digit is
 * removed from both cells.
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
