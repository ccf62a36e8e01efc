/**
 * Finds hidden subsets. If n digits fit in only n cells of a unit, then these cells hold no other
 * digits. The subset is called direct if some other digit then has only one cell left in the unit.
 * A person can see a direct hidden subset without notes.
 */
import { bitCount, digitsOf, masksOfSize } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step, Technique } from "./step.ts";
import type { Candidate } from "./step_reason.ts";
import { unitsFromBoxes } from "../board/unit_order.ts";

/**
 * Finds direct hidden pairs: two digits fill two cells of a unit, so a third digit has only one
 * cell left there.
 */
export const directHiddenPair: Technique = hiddenSubset({
  name: "Direct hidden pair",
  rating: 2.0,
  size: 2,
  direct: true,
});

/**
 * Finds direct hidden triples: three digits fill three cells of a unit, so a fourth digit has only
 * one cell left there.
 */
export const directHiddenTriple: Technique = hiddenSubset({
  name: "Direct hidden triple",
  rating: 2.5,
  size: 3,
  direct: true,
});

/** Finds hidden pairs: two digits that fit in only two cells of a unit. */
export const hiddenPair: Technique = hiddenSubset({
  name: "Hidden pair",
  rating: 3.4,
  size: 2,
});

/** Finds hidden triples: three digits that fit in only three cells of a unit. */
export const hiddenTriple: Technique = hiddenSubset({
  name: "Hidden triple",
  rating: 4.0,
  size: 3,
});

/** Finds hidden quads: four digits that fit in only four cells of a unit. */
export const hiddenQuad: Technique = hiddenSubset({
  name: "Hidden quad",
  rating: 5.4,
  size: 4,
});

interface Variant {
  readonly name: string;
  readonly rating: number;
  /** The number of digits in the subset, which is also the number of cells. */
  readonly size: number;
  /** Whether the subset must leave only one cell of the unit for some other digit. */
  readonly direct?: boolean;
}

function hiddenSubset(variant: Variant): Technique {
  const { name, rating } = variant;
  return { name, rating, steps: (board) => hiddenSubsets(board, variant) };
}

function* hiddenSubsets(board: Board, variant: Variant): Generator<Step> {
  const { size, direct } = variant;
  for (const unit of unitsFromBoxes(board.shape)) {
    if (board.emptyIn[unit] <= size) continue;
    const eligible = eligibleDigits(board, unit, size);
    if (bitCount[eligible] < size) continue;
    for (const digits of masksOfSize[size]) {
      if (digits & ~eligible) continue;
      const positions = positionsOf(board, unit, digits);
      if (bitCount[positions] !== size) continue;
      const subset = { unit, digits, positions };
      const step = direct ? directStep(board, subset, variant) : hiddenStep(board, subset, variant);
      if (step) yield step;
    }
  }
}

interface Subset {
  readonly unit: number;
  readonly digits: number;
  readonly positions: number;
}

/**
 * Returns the digits that have at least two and at most `size` places in the unit, as a bit mask.
 */
function eligibleDigits(board: Board, unit: number, size: number): number {
  const first = unit * board.shape.size;
  let eligible = 0;
  for (let bit = 0; bit < board.shape.size; bit++) {
    const count = bitCount[board.places[first + bit]];
    if (count >= 2 && count <= size) eligible |= 1 << bit;
  }
  return eligible;
}

function positionsOf(board: Board, unit: number, digits: number): number {
  const first = unit * board.shape.size;
  let positions = 0;
  for (let rest = digits; rest; rest &= rest - 1) {
    positions |= board.places[first + 31 - Math.clz32(rest & -rest)];
  }
  return positions;
}

function hiddenStep(
  board: Board,
  subset: Subset,
  variant: Variant,
): Step | undefined {
  const cells = board.cellsAt(subset.unit, subset.positions);
  const removals = cells.flatMap((cell) =>
    digitsOf(board.candidates[cell] & ~subset.digits)
      .map((digit) => ({ cell, digit }))
  );
  if (removals.length === 0) return undefined;
  return stepOf(board, subset, variant, { removals, placements: [] });
}

function directStep(
  board: Board,
  subset: Subset,
  variant: Variant,
): Step | undefined {
  for (let digit = 1; digit <= board.shape.size; digit++) {
    if (subset.digits >> (digit - 1) & 1) continue;
    const before = board.placesOf(subset.unit, digit);
    const after = before & ~subset.positions;
    if (bitCount[before] < 2 || bitCount[after] !== 1) continue;
    const [cell] = board.cellsAt(subset.unit, after);
    return stepOf(board, subset, variant, {
      removals: [],
      placements: [{ cell, digit }],
    });
  }
  return undefined;
}

function stepOf(
  board: Board,
  { unit, digits, positions }: Subset,
  { name, rating }: Variant,
  effect: {
    readonly removals: readonly Candidate[];
    readonly placements: readonly Candidate[];
  },
): Step {
  return {
    technique: name,
    rating,
    ...effect,
    cells: board.cellsAt(unit, positions),
    units: [unit],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "hidden subset", digits: digitsOf(digits), unit },
  };
}
