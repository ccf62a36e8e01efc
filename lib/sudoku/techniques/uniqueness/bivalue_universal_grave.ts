/**
 * Bivalue universal grave (5.6 to 6.1): if every empty cell had two candidates and every digit two places in each unit,
 * the puzzle would have no solution or two. So one of the extra candidates, which alone prevent that, is right. Types: 1
 * one cell has extras; 2 all extras are one digit; 3 the cells with extras form a subset with others of a unit; 4 two
 * cells share a digit that one of them must hold.
 */
import { bitCount, digitsOf, lowestBit } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Candidate, Step, Technique } from "../step.ts";
import { Easiest } from "../easiest_finds.ts";
import { graveSubsets } from "../bivalue_universal_grave_subsets.ts";
import { candidatesIn, candidatesSeenByAll } from "../struck_candidates.ts";
import { findExtras } from "./grave_search.ts";

/** The board is one candidate, or a few, away from a deadly pattern. */
export const bivalueUniversalGrave: Technique = {
  name: "Bivalue universal grave",
  rating: 5.6,
  steps(board) {
    const extras = findExtras(board);
    if (!extras) return [];
    const easiest = new Easiest<Step>();
    for (const result of resultsOf(board, extras)) {
      const step = stepOf(board, extras, result);
      easiest.offer(step.rating, step.removals.length, step);
    }
    return easiest.all();
  },
};

/** What a type concludes. */
export interface GraveResult {
  readonly type: 1 | 2 | 3 | 4;
  readonly rating: number;
  readonly removals: readonly Candidate[];
  readonly units: readonly number[];
  readonly helpers: readonly number[];
  readonly helperDigits: readonly number[];
}

function stepOf(
  board: Board,
  extras: ReadonlyMap<number, number>,
  { type, rating, removals, units, helpers, helperDigits }: GraveResult,
): Step {
  const extra = [...extras].flatMap(([cell, digits]) =>
    digitsOf(digits).map((digit) => ({ cell, digit }))
  );
  return {
    technique: "Bivalue universal grave",
    rating,
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
): Generator<GraveResult> {
  const plain = { units: [], helpers: [], helperDigits: [] };
  const cells = [...extras.keys()];
  const all = [...extras.values()].reduce((mask, digits) => mask | digits, 0);
  if (cells.length === 1) {
    const removals = candidatesIn(board, cells, ~all & 0x1ff);
    yield { ...plain, type: 1, rating: 5.6, removals };
    return;
  }
  if (bitCount[all] === 1) {
    yield {
      ...plain,
      type: 2,
      rating: 5.7,
      removals: candidatesSeenByAll(board, cells, lowestBit(all) + 1),
    };
  }
  if (cells.length === 2) yield* sharedDigit(board, cells, extras);
  if (bitCount[all] > 1) yield* graveSubsets(board, cells, all);
}

/**
 * Type 4: a digit that is no extra stands in both cells and, in a unit of theirs, nowhere else. One cell holds it and
 * the other holds its extra, so their remaining candidates go.
 */
function* sharedDigit(
  board: Board,
  cells: readonly number[],
  extras: ReadonlyMap<number, number>,
): Generator<GraveResult> {
  const [first, second] = cells;
  const all = extras.get(first)! | extras.get(second)!;
  const shared = board.candidates[first] & board.candidates[second] & ~all;
  if (bitCount[shared] !== 1) return;
  for (const unit of board.shape.unitsOf[first]) {
    if (!board.shape.unitsOf[second].includes(unit)) continue;
    yield {
      type: 4,
      rating: 5.7,
      removals: cells.flatMap((cell) =>
        candidatesIn(board, [cell], ~(extras.get(cell)! | shared) & 0x1ff)
      ),
      units: [unit],
      helpers: [],
      helperDigits: digitsOf(shared),
    };
  }
}
