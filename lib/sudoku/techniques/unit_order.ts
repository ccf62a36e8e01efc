/** The order in which units are looked through: boxes first, as people do and as Sudoku Explainer does. */
import { type Shape, type Size, sizes } from "../shape.ts";

const orders: Readonly<Record<Size, Uint8Array>> = Object.freeze(
  Object.fromEntries(sizes.map((size) => {
    const units = Array.from({ length: size }, (_, index) => index);
    return [
      size,
      Uint8Array.from([
        ...units.map((index) => 2 * size + index),
        ...units.map((index) => size + index),
        ...units,
      ]),
    ];
  })) as Record<Size, Uint8Array>,
);

/** Boxes, then columns, then rows, as unit indices. */
export function unitsFromBoxes(shape: Shape): Uint8Array {
  return orders[shape.size];
}

/** Whether a unit is a box. */
export function isBox(shape: Shape, unit: number): boolean {
  return unit >= 2 * shape.size;
}
