/** Naked subsets: as many cells of a unit as digits that they can hold, so no other cell of the unit takes these. */
import { bitCount, digitsOf, masksOfSize } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step } from "./step.ts";
import type { SubsetOptions } from "./hidden_subsets.ts";
import { candidatesIn } from "./struck_candidates.ts";
import { unitsFromBoxes } from "../board/unit_order.ts";

/** Every naked subset that strikes a candidate. */
export function* nakedSubsets(
  board: Board,
  options: SubsetOptions,
): Generator<Step> {
  const { shape, candidates } = board;
  for (const unit of unitsFromBoxes(shape)) {
    if (board.emptyIn[unit] <= options.size) continue;
    const cells = shape.units[unit];
    const eligible = eligiblePositions(board, unit, options.size);
    if (bitCount[eligible] < options.size) continue;
    for (const positions of masksOfSize[options.size]) {
      if (positions & ~eligible) continue;
      let digits = 0;
      for (let rest = positions; rest; rest &= rest - 1) {
        digits |= candidates[cells[31 - Math.clz32(rest & -rest)]];
      }
      if (bitCount[digits] !== options.size) continue;
      const step = nakedStep(board, { unit, positions, digits }, options);
      if (step) yield step;
    }
  }
}

/** Cells with at least two and at most `size` candidates, as a mask of positions. */
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
  { technique, rating }: SubsetOptions,
): Step | undefined {
  const others = board.cellsAt(unit, ~positions & (1 << board.shape.size) - 1);
  const removals = candidatesIn(board, others, digits);
  if (removals.length === 0) return undefined;
  return {
    technique,
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
