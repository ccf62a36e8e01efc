/**
 * Finds naked subsets. If n cells in a unit have only n different candidates between them, then no
 * other cell of the unit can hold these digits.
 */
import { bitCount, digitsOf, masksOfSize } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step, Technique } from "./step.ts";
import { candidatesIn } from "./struck_candidates.ts";
import { unitsFromBoxes } from "../board/unit_order.ts";

/** Finds naked pairs: two cells of a unit that have only two different candidates between them. */
export const nakedPair: Technique = nakedSubset({
  name: "Naked pair",
  rating: 3.0,
  size: 2,
});

/**
 * Finds naked triples: three cells of a unit that have only three different candidates between
 * them.
 */
export const nakedTriple: Technique = nakedSubset({
  name: "Naked triple",
  rating: 3.6,
  size: 3,
});

/**
 * Finds naked quads: four cells of a unit that have only four different candidates between them.
 */
export const nakedQuad: Technique = nakedSubset({
  name: "Naked quad",
  rating: 5.0,
  size: 4,
});

interface Variant {
  readonly name: string;
  readonly rating: number;
  /** The number of cells in the subset, which is also the number of digits. */
  readonly size: number;
}

function nakedSubset(variant: Variant): Technique {
  const { name, rating } = variant;
  return { name, rating, steps: (board) => nakedSubsets(board, variant) };
}

function* nakedSubsets(board: Board, variant: Variant): Generator<Step> {
  const { shape, candidates } = board;
  for (const unit of unitsFromBoxes(shape)) {
    if (board.emptyIn[unit] <= variant.size) continue;
    const cells = shape.units[unit];
    const eligible = eligiblePositions(board, unit, variant.size);
    if (bitCount[eligible] < variant.size) continue;
    for (const positions of masksOfSize[variant.size]) {
      if (positions & ~eligible) continue;
      let digits = 0;
      for (let rest = positions; rest; rest &= rest - 1) {
        digits |= candidates[cells[31 - Math.clz32(rest & -rest)]];
      }
      if (bitCount[digits] !== variant.size) continue;
      const step = nakedStep(board, { unit, positions, digits }, variant);
      if (step) yield step;
    }
  }
}

/**
 * Returns a bit mask of the cells of the unit that have at least two and at most `size` candidates;
 * each bit is a position in the unit.
 */
function eligiblePositions(board: Board, unit: number, size: number): number {
  let eligible = 0;
  board.shape.units[unit].forEach((cell, position) => {
    const count = bitCount[board.candidates[cell]];
    if (count >= 2 && count <= size) eligible |= 1 << position;
  });
  return eligible;
}

interface Subset {
  readonly unit: number;
  readonly positions: number;
  readonly digits: number;
}

function nakedStep(
  board: Board,
  { unit, positions, digits }: Subset,
  { name, rating }: Variant,
): Step | undefined {
  const others = board.cellsAt(unit, ~positions & (1 << board.shape.size) - 1);
  const removals = candidatesIn(board, others, digits);
  if (removals.length === 0) return undefined;
  return {
    technique: name,
    rating,
    placements: [],
    removals,
    cells: board.cellsAt(unit, positions),
    units: [unit],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "naked subset", digits: digitsOf(digits), unit },
  };
}
