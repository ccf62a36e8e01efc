/**
 * Finds locked candidates. If a digit fits in one unit only where that unit crosses a second unit,
 * then the digit cannot be anywhere else in the second unit. In pointing, the first unit is a box
 * and the second unit is a line. In claiming, the first unit is a line and the second unit is a
 * box. Pointing and claiming each have a direct form, in which the removals leave a hidden single.
 * A person can see the direct form without notes.
 */
import { bitCount } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step, Technique } from "./step.ts";
import type { Candidate } from "./step_reason.ts";
import { type Crossing, crossings } from "../board/crossings.ts";

/** Finds direct pointing, which leaves only one cell for the digit in another box. */
export const directPointing: Technique = lockedCandidates({
  name: "Direct pointing",
  rating: 1.7,
  from: "box",
  direct: true,
});

/** Finds direct claiming, which leaves only one cell for the digit in a parallel line. */
export const directClaiming: Technique = lockedCandidates({
  name: "Direct claiming",
  rating: 1.9,
  from: "line",
  direct: true,
});

/**
 * Finds pointing: in a box, a digit fits only in the cells of one line, so the digit cannot be in
 * the rest of this line.
 */
export const pointing: Technique = lockedCandidates({
  name: "Pointing",
  rating: 2.6,
  from: "box",
});

/**
 * Finds claiming: in a line, a digit fits only in the cells of one box, so the digit cannot be in
 * the rest of this box.
 */
export const claiming: Technique = lockedCandidates({
  name: "Claiming",
  rating: 2.8,
  from: "line",
});

interface Variant {
  readonly name: string;
  readonly rating: number;
  readonly from: "box" | "line";
  /** Whether the removals must leave a hidden single. */
  readonly direct?: boolean;
}

function lockedCandidates(variant: Variant): Technique {
  const { name, rating } = variant;
  return { name, rating, steps: (board) => lockedSteps(board, variant) };
}

function* lockedSteps(board: Board, variant: Variant): Generator<Step> {
  const { size } = board.shape;
  const pairs = crossings(board.shape, variant.from);
  for (let index = 0; index < pairs.length; index++) {
    const { unit, other, inUnit, inOther } = pairs[index];
    if (board.emptyIn[unit] < 2) continue;
    for (let bit = 0; bit < size; bit++) {
      const positions = board.places[unit * size + bit];
      if (positions & ~inUnit || bitCount[positions] < 2) continue;
      if ((board.places[other * size + bit] & ~inOther) === 0) continue;
      const step = lockedStep(board, pairs[index], bit + 1, variant);
      if (step) yield step;
    }
  }
}

function lockedStep(
  board: Board,
  crossing: Crossing,
  digit: number,
  { name, rating, direct }: Variant,
): Step | undefined {
  const { unit, other, inOther } = crossing;
  const outside = board.placesOf(other, digit) & ~inOther;
  const removals = board.cellsAt(other, outside)
    .map((cell) => ({ cell, digit }));
  const placement = direct ? singleLeft(board, unit, removals) : undefined;
  if (direct && !placement) return undefined;
  return {
    technique: name,
    rating,
    placements: placement ? [placement] : [],
    removals: direct ? [] : removals,
    cells: board.cellsAt(unit, board.placesOf(unit, digit)),
    units: [unit, other],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "locked candidates", digit, unit, crossing: other },
  };
}

/**
 * Looks for a unit that is of the same kind as `unit` and in which the removals leave only one
 * place for the digit. Returns this place, or undefined if there is no such unit.
 */
function singleLeft(
  { shape, places }: Board,
  unit: number,
  removals: readonly Candidate[],
): Candidate | undefined {
  const { size, units, unitsOf } = shape;
  const kind = Math.floor(unit / size);
  for (const { cell, digit } of removals) {
    const parallel = unitsOf[cell][kind];
    let left = places[parallel * size + digit - 1];
    for (const removal of removals) {
      if (unitsOf[removal.cell][kind] !== parallel) continue;
      left &= ~(1 << units[parallel].indexOf(removal.cell));
    }
    if (bitCount[left] === 1) {
      return { cell: units[parallel][31 - Math.clz32(left)], digit };
    }
  }
  return undefined;
}
