/** Tables that are worked out once for each size of board. */
import { type Shape, shapeOf, type Size } from "./shape.ts";

/** One table a size. */
export function perSize<Table>(
  build: (shape: Shape) => Table,
): Readonly<Record<Size, Table>> {
  return Object.freeze({
    4: build(shapeOf(4)),
    6: build(shapeOf(6)),
    9: build(shapeOf(9)),
  });
}
