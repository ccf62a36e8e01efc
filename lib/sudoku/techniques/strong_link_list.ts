/** The strong links of a digit: each way to split its places in a unit into two ends that can be linked onward. */
import { bitCount } from "../bits.ts";
import type { Board } from "../board.ts";
import type { Shape } from "../shape.ts";

/** A strong link in one direction. */
export interface LinkedEnds {
  readonly unit: number;
  /** All places of the digit in the unit. */
  readonly cells: readonly number[];
  readonly ends: readonly [readonly number[], readonly number[]];
  /** Whether an end has several cells. */
  readonly isGrouped: boolean;
}

/** Both directions of every strong link of a digit. */
export function strongLinksOf(
  board: Board,
  digit: number,
): readonly LinkedEnds[] {
  const links: LinkedEnds[] = [];
  const { shape } = board;
  for (let unit = 0; unit < shape.units.length; unit++) {
    const positions = board.placesOf(unit, digit);
    const count = bitCount[positions];
    if (count < 2 || count > 6) continue;
    const cells = board.cellsAt(unit, positions);
    for (const ends of splits(shape, unit, cells)) {
      const [first, second] = ends;
      const isGrouped = count > 2;
      links.push({ unit, cells, ends, isGrouped });
      links.push({ unit, cells, ends: [second, first], isGrouped });
    }
  }
  return links;
}

/** The unit that holds all cells of two ends, -1 when there is none. */
export function linkUnit(
  shape: Shape,
  first: readonly number[],
  second: readonly number[],
): number {
  for (const unit of shape.unitsOf[first[0]]) {
    if (
      first.every((cell) => shape.unitsOf[cell].includes(unit)) &&
      second.every((cell) => shape.unitsOf[cell].includes(unit))
    ) return unit;
  }
  return -1;
}

type Ends = readonly [readonly number[], readonly number[]];

/** Splits with the first cell in the first end, where each end lies in a unit other than the linked one. */
function* splits(
  shape: Shape,
  unit: number,
  cells: readonly number[],
): Generator<Ends> {
  const isLinkable = (end: readonly number[]) =>
    end.length === 1 ||
    shape.unitsOf[end[0]].some((other) =>
      other !== unit &&
      end.every((cell) => shape.unitsOf[cell].includes(other))
    );
  const last = (1 << cells.length) - 1;
  for (let mask = 1; mask < last; mask += 2) {
    const first = cells.filter((_, index) => mask >> index & 1);
    const second = cells.filter((_, index) => !(mask >> index & 1));
    if (isLinkable(first) && isLinkable(second)) yield [first, second];
  }
}
