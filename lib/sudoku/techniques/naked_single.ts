/** Naked single (2.3): a cell has one candidate left. */
import { bitCount, lowestBit } from "../board/bits.ts";
import type { Technique } from "./step.ts";

/** One digit is left for a cell. */
export const nakedSingle: Technique = {
  name: "Naked single",
  rating: 2.3,
  *steps({ candidates, shape }) {
    for (let cell = 0; cell < shape.cellCount; cell++) {
      if (bitCount[candidates[cell]] !== 1) continue;
      yield {
        technique: "Naked single",
        rating: 2.3,
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
