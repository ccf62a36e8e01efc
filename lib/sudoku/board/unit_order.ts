/**
 * Defines the order in which techniques search the units. Boxes come first, because people look at
 * boxes first, and so does Sudoku Explainer.
 */
import { perSize, type Shape } from "./shape.ts";

const orders = perSize(({ size }) => {
  const units = Array.from({ length: size }, (_, index) => index);
  return Uint8Array.from([
    ...units.map((index) => 2 * size + index),
    ...units.map((index) => size + index),
    ...units,
  ]);
});

/** Returns the indices of all units: first the boxes, then the columns, then the rows. */
export function unitsFromBoxes(shape: Shape): Uint8Array {
  return orders[shape.size];
}

/** Returns whether a unit is a box. */
export function isBox(shape: Shape, unit: number): boolean {
  return unit >= 2 * shape.size;
}
