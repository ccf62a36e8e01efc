/**
 * Chooses the place where the player should look for a step. The place consists of whole units
 * instead of single cells, so that something is left for the player to find.
 */
import { shapeOf, type Step } from "../../../sudoku/mod.ts";
import type { PlaceToLook } from "./hint.ts";

/** The maximum number of boxes to which a hint points. More boxes would not help the player. */
const MOST_UNITS = 3;

/** Returns the units in which the player can find a step. */
export function placeToLook(step: Step): PlaceToLook {
  const shape = shapeOf(step.size);
  const units = unitsOf(step);
  const cells = new Set(units.flatMap((unit) => [...shape.units[unit]]));
  return { units, cells: [...cells].sort((a, b) => a - b) };
}

function unitsOf(step: Step): readonly number[] {
  const { reason } = step;
  switch (reason.kind) {
    case "last in unit":
    case "hidden single":
    case "naked subset":
    case "hidden subset":
      return [reason.unit];
    case "locked candidates":
      return [reason.unit, reason.crossing];
    case "fish":
      return reason.base;
    case "strong links":
      return reason.links.map(({ unit }) => unit);
    default:
      return boxesOf(step);
  }
}

/**
 * Returns the boxes that contain the cells on which the step is based. If there are none, or more
 * than `MOST_UNITS`, returns up to `MOST_UNITS` boxes in which the step changes cells.
 */
function boxesOf(step: Step): readonly number[] {
  const { unitsOf } = shapeOf(step.size);
  const boxes = (cells: readonly number[]) =>
    [...new Set(cells.map((cell) => unitsOf[cell][2]))].sort((a, b) => a - b);
  const all = boxes(step.cells);
  if (all.length > 0 && all.length <= MOST_UNITS) return all;
  return boxes([...step.placements, ...step.removals].map(({ cell }) => cell)).slice(0, MOST_UNITS);
}
