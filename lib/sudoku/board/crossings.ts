/** Lists the crossings of boxes and lines for each shape of board. */
import { perSize, type Shape } from "./shape.ts";

/** A box and a line (a row or column) that share cells. */
export interface Crossing {
  readonly unit: number;
  readonly other: number;
  /** A mask of the positions that the shared cells have in `unit`. */
  readonly inUnit: number;
  /** A mask of the positions that the shared cells have in `other`. */
  readonly inOther: number;
}

const tables = perSize((shape) => {
  const all = list(shape);
  return {
    box: all.filter(({ unit }) => unit >= 2 * shape.size),
    line: all.filter(({ unit }) => unit < 2 * shape.size),
  };
});

/**
 * Returns all crossings. If `from` is "box", then `unit` is the box and `other` is the line. If
 * `from` is "line", then `unit` is the line and `other` is the box.
 */
export function crossings(
  { size }: Shape,
  from: "box" | "line",
): readonly Crossing[] {
  return tables[size][from];
}

function list({ units, size }: Shape): readonly Crossing[] {
  const maskIn = (unit: number, other: number) =>
    units[unit].reduce(
      (mask, cell, position) => units[other].includes(cell) ? mask | 1 << position : mask,
      0,
    );
  return units.flatMap((_, unit) =>
    units.map((_, other) => ({
      unit,
      other,
      inUnit: maskIn(unit, other),
      inOther: maskIn(other, unit),
    }))
  ).filter(({ unit, other, inUnit }) => inUnit !== 0 && (unit >= 2 * size) !== (other >= 2 * size));
}
