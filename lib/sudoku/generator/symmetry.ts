import type { Shape } from "../board/shape.ts";

/** A rotation or reflection that leaves the pattern of clues unchanged. */
export type Symmetry =
  | "none"
  | "half-turn"
  | "quarter-turn"
  | "left-right"
  | "diagonal";

/** Every symmetry. */
export const symmetries: readonly Symmetry[] = [
  "none",
  "half-turn",
  "quarter-turn",
  "left-right",
  "diagonal",
];

type Place = readonly [row: number, column: number];

/**
 * For each symmetry, a function that takes a cell's position and returns its position after the
 * rotation or reflection. `last` is the index of the last row.
 */
const moves: Readonly<
  Record<Symmetry, (place: Place, last: number) => Place>
> = {
  "none": (place) => place,
  "half-turn": ([row, column], last) => [last - row, last - column],
  "quarter-turn": ([row, column], last) => [column, last - row],
  "left-right": ([row, column], last) => [row, last - column],
  "diagonal": ([row, column]) => [column, row],
};

/**
 * Divides the cells into groups: two cells are in the same group if a symmetry, applied once or
 * repeatedly, moves one to the other. In a symmetric puzzle, either all cells of a group hold clues
 * or none of them does.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shapeOf } from "../board/shape.ts";
 * assertEquals(orbitsOf(shapeOf(4), "half-turn")[0], [0, 15]);
 * ```
 */
export function orbitsOf(
  { size, cellCount }: Shape,
  symmetry: Symmetry,
): readonly (readonly number[])[] {
  const move = moves[symmetry];
  const grouped = new Set<number>();
  const orbits: number[][] = [];
  for (let first = 0; first < cellCount; first++) {
    if (grouped.has(first)) continue;
    const orbit: number[] = [];
    for (let cell = first; !grouped.has(cell);) {
      grouped.add(cell);
      orbit.push(cell);
      const place = [Math.floor(cell / size), cell % size] as const;
      const [row, column] = move(place, size - 1);
      cell = row * size + column;
    }
    orbits.push(orbit);
  }
  return orbits;
}
