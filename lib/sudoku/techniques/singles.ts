/** Hidden single (1.2 in a box, 1.5 in a line): a digit has one cell left in a unit. */
import { bitCount, lowestBit } from "../board/bits.ts";
import type { Technique } from "./step.ts";
import { isBox, unitsFromBoxes } from "../board/unit_order.ts";

/** A digit fits one cell of a unit only. */
export const hiddenSingle: Technique = {
  name: "Hidden single",
  rating: 1.2,
  *steps(board) {
    const { shape, places } = board;
    for (const unit of unitsFromBoxes(shape)) {
      const first = unit * shape.size;
      for (let digit = 1; digit <= shape.size; digit++) {
        const positions = places[first + digit - 1];
        if (bitCount[positions] !== 1) continue;
        const cell = shape.units[unit][lowestBit(positions)];
        const inBox = isBox(shape, unit);
        yield {
          technique: inBox
            ? "Hidden single in a box"
            : "Hidden single in a line",
          rating: inBox ? 1.2 : 1.5,
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
