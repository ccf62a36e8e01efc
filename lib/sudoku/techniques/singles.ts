/**
 * Finds singles: cells with only one candidate left, and units with only one place left for a
 * digit.
 */
import { bitCount, lowestBit } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import { isBox, unitsFromBoxes } from "../board/unit_order.ts";
import type { Step, Technique } from "./step.ts";

/**
 * The names and ratings of the different kinds of singles. The rating code uses these values too.
 */
export const singleKinds = {
  lastInUnit: { technique: "Last in unit", rating: 1.0 },
  hiddenInBox: { technique: "Hidden single in a box", rating: 1.2 },
  hiddenInLine: { technique: "Hidden single in a line", rating: 1.5 },
  naked: { technique: "Naked single", rating: 2.3 },
} as const;

/** Finds the only empty cell of a unit. */
export const lastInUnit: Technique = {
  name: singleKinds.lastInUnit.technique,
  rating: singleKinds.lastInUnit.rating,
  *steps(board) {
    for (const unit of unitsFromBoxes(board.shape)) {
      if (board.emptyIn[unit] === 1) {
        const step = lastStep(board, unit);
        if (step) yield step;
      }
    }
  },
};

/**
 * Finds hidden singles: digits that have only one cell left in a unit. A hidden single in a box has
 * a lower rating than one in a line, because boxes are easier to scan.
 */
export const hiddenSingle: Technique = {
  name: "Hidden single",
  rating: singleKinds.hiddenInBox.rating,
  *steps(board) {
    const { shape, places } = board;
    const { hiddenInBox, hiddenInLine } = singleKinds;
    for (const unit of unitsFromBoxes(shape)) {
      const first = unit * shape.size;
      for (let digit = 1; digit <= shape.size; digit++) {
        const positions = places[first + digit - 1];
        if (bitCount[positions] !== 1) continue;
        const cell = shape.units[unit][lowestBit(positions)];
        yield {
          ...(isBox(shape, unit) ? hiddenInBox : hiddenInLine),
          placements: [{ cell, digit }],
          removals: [],
          cells: [cell],
          units: [unit],
          presumesUniqueness: false,
          size: shape.size,
          reason: { kind: "hidden single", unit },
        };
      }
    }
  },
};

/** Finds naked singles: a cell has only one candidate left. */
export const nakedSingle: Technique = {
  name: singleKinds.naked.technique,
  rating: singleKinds.naked.rating,
  *steps({ candidates, shape }) {
    for (let cell = 0; cell < shape.cellCount; cell++) {
      if (bitCount[candidates[cell]] !== 1) continue;
      yield {
        ...singleKinds.naked,
        placements: [{ cell, digit: lowestBit(candidates[cell]) + 1 }],
        removals: [],
        cells: [cell],
        units: [...shape.unitsOf[cell]],
        presumesUniqueness: false,
        size: shape.size,
        reason: { kind: "naked single" },
      };
    }
  },
};

/**
 * Returns the step that fills the only empty cell of a unit. Returns undefined if that cell does
 * not have exactly one candidate, which means that the puzzle or its notes are wrong.
 */
function lastStep(board: Board, unit: number): Step | undefined {
  for (const cell of board.shape.units[unit]) {
    if (bitCount[board.candidates[cell]] !== 1) continue;
    return {
      ...singleKinds.lastInUnit,
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
