/** Last in unit (rating 1.0): one cell of a row, column or box is empty, so it holds the one digit that is missing. */
import { bitCount, lowestBit } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step, Technique } from "./step.ts";
import { unitsFromBoxes } from "../board/unit_order.ts";

/** One cell of a unit is empty. */
export const lastInUnit: Technique = {
  name: "Last in unit",
  rating: 1.0,
  *steps(board) {
    for (const unit of unitsFromBoxes(board.shape)) {
      if (board.emptyIn[unit] === 1) {
        const step = stepIn(board, unit);
        if (step) yield step;
      }
    }
  },
};

/** Undefined when the cell cannot hold the digit: then the puzzle is wrong. */
function stepIn(board: Board, unit: number): Step | undefined {
  for (const cell of board.shape.units[unit]) {
    if (bitCount[board.candidates[cell]] !== 1) continue;
    return {
      technique: "Last in unit",
      rating: 1.0,
      placements: [{ cell, digit: lowestBit(board.candidates[cell]) + 1 }],
      removals: [],
      cells: [cell],
      units: [unit],
      presumesUniqueness: false,
      size: board.shape.size,
      reason: { kind: "last in unit", unit },
    };
  }
  return undefined;
}
