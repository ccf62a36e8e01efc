/**
 * Hidden subsets: as many digits as cells of a unit that can take them, so these cells take nothing else. "Direct"
 * means that another digit then has one cell left in the unit, which a person sees without notes.
 */
import { bitCount, digitsOf, masksOfSize } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Candidate, Step } from "./step.ts";
import { unitsFromBoxes } from "../board/unit_order.ts";

/** What tells these techniques apart. */
export interface SubsetOptions {
  readonly technique: string;
  readonly rating: number;
  /** How many digits, and cells. */
  readonly size: number;
}

/** Every hidden subset that strikes a candidate, or with `direct` every one that leaves a single. */
export function* hiddenSubsets(
  board: Board,
  options: SubsetOptions,
  direct = false,
): Generator<Step> {
  for (const unit of unitsFromBoxes(board.shape)) {
    if (board.emptyIn[unit] <= options.size) continue;
    const eligible = eligibleDigits(board, unit, options.size);
    if (bitCount[eligible] < options.size) continue;
    for (const digits of masksOfSize[options.size]) {
      if (digits & ~eligible) continue;
      const positions = positionsOf(board, unit, digits);
      if (bitCount[positions] !== options.size) continue;
      const subset = { unit, digits, positions };
      const step = direct
        ? directStep(board, subset, options)
        : hiddenStep(board, subset, options);
      if (step) yield step;
    }
  }
}

interface Subset {
  readonly unit: number;
  readonly digits: number;
  readonly positions: number;
}

/** Digits with at least two and at most `size` places in the unit. */
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
  options: SubsetOptions,
): Step | undefined {
  const cells = board.cellsAt(subset.unit, subset.positions);
  const removals = cells.flatMap((cell) =>
    digitsOf(board.candidates[cell] & ~subset.digits)
      .map((digit) => ({ cell, digit }))
  );
  if (removals.length === 0) return undefined;
  return stepOf(board, subset, options, { removals, placements: [] });
}

function directStep(
  board: Board,
  subset: Subset,
  options: SubsetOptions,
): Step | undefined {
  for (let digit = 1; digit <= board.shape.size; digit++) {
    if (subset.digits >> (digit - 1) & 1) continue;
    const before = board.placesOf(subset.unit, digit);
    const after = before & ~subset.positions;
    if (bitCount[before] < 2 || bitCount[after] !== 1) continue;
    const [cell] = board.cellsAt(subset.unit, after);
    return stepOf(board, subset, options, {
      removals: [],
      placements: [{ cell, digit }],
    });
  }
  return undefined;
}

function stepOf(
  board: Board,
  { unit, digits, positions }: Subset,
  { technique, rating }: SubsetOptions,
  effect: {
    readonly removals: readonly Candidate[];
    readonly placements: readonly Candidate[];
  },
): Step {
  return {
    technique,
    rating,
    ...effect,
    cells: board.cellsAt(unit, positions),
    units: [unit],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "hidden subset", digits: digitsOf(digits), unit },
  };
}
