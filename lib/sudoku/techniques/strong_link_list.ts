/**
 * Lists the strong links of a digit. A strong link divides the places of the digit in a unit into
 * two groups, which are called ends. One of the two ends must hold the digit.
 */
import { bitCount } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import { type CellSet, cellSetOf, seenByAll } from "../board/cell_set.ts";
import type { Shape } from "../board/shape.ts";

/**
 * One end of a strong link. An end is one cell, or several cells that are in the same line and in
 * the same box.
 */
export interface LinkEnd {
  readonly cells: readonly number[];
  /** The units that contain all cells of the end, as a bit mask. */
  readonly units: number;
  /** The cells that see all cells of the end. */
  readonly sees: CellSet;
}

/** A strong link that is followed from one end to the other. */
export interface DirectedLink {
  readonly unit: number;
  /** All places of the digit in the unit. */
  readonly cells: CellSet;
  readonly from: LinkEnd;
  readonly to: LinkEnd;
  /** Whether at least one of the ends has several cells. */
  readonly isGrouped: boolean;
}

/** Returns both directions of every strong link of a digit. */
export function strongLinksOf(
  board: Board,
  digit: number,
): readonly DirectedLink[] {
  const links: DirectedLink[] = [];
  const { shape } = board;
  for (let unit = 0; unit < shape.units.length; unit++) {
    const positions = board.placesOf(unit, digit);
    const count = bitCount[positions];
    if (count < 2 || count > 6) continue;
    const places = board.cellsAt(unit, positions);
    const cells = cellSetOf(places);
    const isGrouped = count > 2;
    for (const [first, second] of splits(shape, unit, places)) {
      links.push({ unit, cells, from: first, to: second, isGrouped });
      links.push({ unit, cells, from: second, to: first, isGrouped });
    }
  }
  return links;
}

/**
 * Returns the ways to divide the digit's places in a unit into two ends. The cells of each end must
 * also share a second unit. To avoid duplicates, the first end always contains the first place.
 */
function splits(
  shape: Shape,
  unit: number,
  cells: readonly number[],
): readonly (readonly [LinkEnd, LinkEnd])[] {
  const found: [LinkEnd, LinkEnd][] = [];
  const last = (1 << cells.length) - 1;
  for (let mask = 1; mask < last; mask += 2) {
    const ends = [mask, last & ~mask].map((part) => cells.filter((_, index) => part >> index & 1));
    const units = ends.map((end) => commonUnits(shape, end));
    const onward = units.every((mask) => (mask & ~(1 << unit)) !== 0);
    if (!onward) continue;
    const [first, second] = ends.map((cells, index) => ({
      cells,
      units: units[index],
      sees: seenByAll(shape, cells),
    }));
    found.push([first, second]);
  }
  return found;
}

function commonUnits({ unitsOf }: Shape, cells: readonly number[]): number {
  let common = -1;
  for (const cell of cells) {
    let own = 0;
    for (const unit of unitsOf[cell]) own |= 1 << unit;
    common &= own;
  }
  return common;
}
