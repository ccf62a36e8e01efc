/**
 * Finds chains of two or three strong links of one digit. Chains of two strong links are also known
 * as turbot fish, skyscrapers and two-string kites. In the unit of each link, the digit is in one
 * of two ends. Where two links meet, an end of the first link shares a unit with an end of the
 * second, so at most one of these two ends can have the digit. It follows that at least one of the
 * two outer ends of the chain has the digit. A cell that sees both outer ends therefore cannot have
 * the digit. An end may be a group of cells in the same box and line.
 *
 * The ratings are those of the program Sukaku Explainer, because the original Sudoku Explainer does
 * not have these techniques. If one of the units is a box, then 0.1 is added to the rating. If the
 * units include both rows and columns, then 0.1 is also added. If an end is a group, then 0.3 is
 * added instead of these two surcharges.
 */
import type { Board } from "../board/board.ts";
import {
  type CellSet,
  cellsOf,
  countCells,
  difference,
  holdersOf,
  intersection,
  intersects,
  isEmpty,
  union,
} from "../board/cell_set.ts";
import type { Step, Technique } from "./step.ts";
import { EasiestFinds } from "./easiest_finds.ts";
import { type DirectedLink, strongLinksOf } from "./strong_link_list.ts";

/**
 * Finds turbot fish, which are chains of two strong links. The simplest turbot fish are the
 * skyscraper and the two-string kite.
 */
export const turbotFish: Technique = strongLinks({
  name: "Turbot fish",
  tenths: 40,
  links: 2,
});

/** Finds chains of three strong links. */
export const threeStrongLinks: Technique = strongLinks({
  name: "Three strong links",
  tenths: 54,
  links: 3,
});

interface Variant {
  readonly name: string;
  /** The rating without surcharges, multiplied by 10. */
  readonly tenths: number;
  readonly links: number;
}

function strongLinks(variant: Variant): Technique {
  return {
    name: variant.name,
    rating: variant.tenths / 10,
    steps: (board) => strongLinkSteps(board, variant),
  };
}

function strongLinkSteps(board: Board, variant: Variant): readonly Step[] {
  const easiest = new EasiestFinds<Pattern>();
  for (let digit = 1; digit <= board.shape.size; digit++) {
    const holders = holdersOf(board, digit);
    for (
      const chain of chainsOf(strongLinksOf(board, digit), variant.links, [])
    ) {
      const victims = victimsOf(chain, holders);
      if (isEmpty(victims)) continue;
      const tenths = variant.tenths + surchargeOf(board, chain);
      easiest.offer(tenths / 10, countCells(victims), {
        digit,
        chain,
        victims,
        tenths,
      });
    }
  }
  return easiest.all().map((pattern) => stepOf(board, pattern, variant));
}

interface Pattern {
  readonly digit: number;
  readonly chain: readonly DirectedLink[];
  readonly victims: CellSet;
  readonly tenths: number;
}

/**
 * Yields all chains of `count` links that begin with the links in `chain`. Where two links meet,
 * the `to` end of the first link shares a unit with the `from` end of the second. No cell belongs
 * to two links.
 */
function* chainsOf(
  links: readonly DirectedLink[],
  count: number,
  chain: readonly DirectedLink[],
): Generator<readonly DirectedLink[]> {
  if (chain.length === count) {
    yield chain;
    return;
  }
  const last = chain.length > 0 ? chain[chain.length - 1] : undefined;
  for (const next of links) {
    if (last && (last.to.units & next.from.units) === 0) continue;
    if (chain.some(({ cells }) => intersects(cells, next.cells))) continue;
    yield* chainsOf(links, count, [...chain, next]);
  }
}

/**
 * Returns the places from which the digit can be removed. These are the places that see both outer
 * ends of the chain. If the chain is a ring, then wherever two links meet, the digit can also be
 * removed from the places that see both of the ends that meet.
 */
function victimsOf(
  chain: readonly DirectedLink[],
  holders: CellSet,
): CellSet {
  const last = chain[chain.length - 1];
  let seen = intersection(chain[0].from.sees, last.to.sees);
  if (isRing(chain)) {
    for (let link = 1; link < chain.length; link++) {
      const both = intersection(chain[link - 1].to.sees, chain[link].from.sees);
      seen = union(seen, both);
    }
  }
  let victims = intersection(seen, holders);
  for (const { cells } of chain) victims = difference(victims, cells);
  return victims;
}

function isRing(chain: readonly DirectedLink[]): boolean {
  return (chain[0].from.units & chain[chain.length - 1].to.units) !== 0;
}

function surchargeOf(board: Board, chain: readonly DirectedLink[]): number {
  const { size } = board.shape;
  let kinds = 0;
  for (const { unit, isGrouped } of chain) {
    if (isGrouped) return 3;
    kinds |= 1 << Math.floor(unit / size);
  }
  return (kinds & 4 ? 1 : 0) + ((kinds & 3) === 3 ? 1 : 0);
}

function stepOf(
  board: Board,
  { digit, chain, victims, tenths }: Pattern,
  { name }: Variant,
): Step {
  return {
    technique: nameOf(board, name, chain),
    rating: tenths / 10,
    placements: [],
    removals: cellsOf(victims).map((cell) => ({ cell, digit })),
    cells: chain.flatMap(({ cells }) => cellsOf(cells)),
    units: chain.map(({ unit }) => unit),
    presumesUniqueness: false,
    size: board.shape.size,
    reason: {
      kind: "strong links",
      digit,
      links: chain.map(({ unit, from, to }) => ({
        unit,
        ends: [from.cells, to.cells],
      })),
      isRing: isRing(chain),
    },
  };
}

function nameOf(
  { shape: { size } }: Board,
  name: string,
  chain: readonly DirectedLink[],
): string {
  if (chain.length > 2 || isRing(chain)) return name;
  const kinds = new Set(chain.map(({ unit }) => Math.floor(unit / size)));
  if (kinds.has(2)) return name;
  return kinds.size === 1 ? "Skyscraper" : "Two-string kite";
}
