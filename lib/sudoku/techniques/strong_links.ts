/**
 * Strong links of one digit in a row (skyscraper, kite, turbot fish, and longer ones): in each linked unit the digit is
 * in one of two ends, and neighbouring ends of two links share a unit, so the digit cannot be in both. Then it is in one
 * of the two outer ends, and cells that see both cannot have it. An end may be a group of cells in one line of a box.
 *
 * Not in Sudoku Explainer itself; ratings are those of Sukaku Explainer: 0.1 more for a box among the links, 0.1 more
 * for rows and columns mixed, 0.3 more for a group.
 */
import type { Board } from "../board.ts";
import type { Candidate, Step, StrongLink } from "../step.ts";
import {
  type LinkedEnds,
  linkUnit,
  strongLinksOf,
} from "./strong_link_list.ts";
import { isBox } from "./unit_order.ts";

/** What tells these techniques apart. */
export interface StrongLinkOptions {
  readonly technique: string;
  /** Without surcharges. */
  readonly rating: number;
  /** How many links. */
  readonly count: number;
}

/** The easiest pattern that strikes a candidate; of equally easy ones the one that strikes most. */
export function findStrongLinks(
  board: Board,
  options: StrongLinkOptions,
): Step | undefined {
  let best: Step | undefined;
  for (let digit = 1; digit <= board.shape.size; digit++) {
    const links = strongLinksOf(board, digit);
    for (const link of links) {
      extend(board, { digit, links, chain: [link] }, options, (step) => {
        if (!best || isEasier(step, best)) best = step;
      });
    }
  }
  return best;
}

interface Search {
  readonly digit: number;
  readonly links: readonly LinkedEnds[];
  readonly chain: readonly LinkedEnds[];
}

function isEasier(step: Step, best: Step): boolean {
  if (step.rating !== best.rating) return step.rating < best.rating;
  return step.removals.length > best.removals.length;
}

function extend(
  board: Board,
  search: Search,
  options: StrongLinkOptions,
  report: (step: Step) => void,
): void {
  const { chain, links } = search;
  if (chain.length === options.count) {
    const step = stepOf(board, search, options);
    if (step) report(step);
    return;
  }
  const last = chain[chain.length - 1];
  for (const next of links) {
    if (linkUnit(board.shape, last.ends[1], next.ends[0]) < 0) continue;
    if (chain.some((link) => overlap(link, next))) continue;
    extend(board, { ...search, chain: [...chain, next] }, options, report);
  }
}

/** Whether two linked units share a cell that can hold the digit. */
function overlap(first: LinkedEnds, second: LinkedEnds): boolean {
  return first.unit === second.unit ||
    first.cells.some((cell) => second.cells.includes(cell));
}

function stepOf(
  board: Board,
  { digit, chain }: Search,
  { technique, rating }: StrongLinkOptions,
): Step | undefined {
  const [start, end] = [chain[0].ends[0], chain[chain.length - 1].ends[1]];
  const isRing = linkUnit(board.shape, start, end) >= 0;
  const removals = removalsOf(board, digit, chain, isRing);
  if (removals.length === 0) return undefined;
  return {
    technique: nameOf(board, technique, chain, isRing),
    rating: rating + surchargeOf(board, chain) / 10,
    placements: [],
    removals,
    cells: chain.flatMap(({ cells }) => cells),
    units: chain.map(({ unit }) => unit),
    presumesUniqueness: false,
    reason: {
      kind: "strong links",
      digit,
      links: chain.map(({ unit, ends }): StrongLink => ({ unit, ends })),
      isRing,
    },
  };
}

/** Candidates that see both ends of a weak link: the outer one, and in a ring all of them. */
function removalsOf(
  board: Board,
  digit: number,
  chain: readonly LinkedEnds[],
  isRing: boolean,
): readonly Candidate[] {
  const { cellCount } = board.shape;
  const own = new Set(chain.flatMap(({ cells }) => cells));
  const pairs = [[chain[0].ends[0], chain[chain.length - 1].ends[1]].flat()];
  for (let link = 1; isRing && link < chain.length; link++) {
    pairs.push([chain[link - 1].ends[1], chain[link].ends[0]].flat());
  }
  const removals: Candidate[] = [];
  for (let cell = 0; cell < cellCount; cell++) {
    if (!(board.candidates[cell] >> (digit - 1) & 1) || own.has(cell)) continue;
    const seesPair = (pair: readonly number[]) =>
      pair.every((end) => board.sees[cell * cellCount + end] === 1);
    if (pairs.some(seesPair)) removals.push({ cell, digit });
  }
  return removals;
}

/** Tenths on top of the base rating. */
function surchargeOf(board: Board, chain: readonly LinkedEnds[]): number {
  if (chain.some(({ isGrouped }) => isGrouped)) return 3;
  const { size } = board.shape;
  const kinds = new Set(chain.map(({ unit }) => Math.floor(unit / size)));
  return (kinds.has(2) ? 1 : 0) + (kinds.has(0) && kinds.has(1) ? 1 : 0);
}

function nameOf(
  board: Board,
  technique: string,
  chain: readonly LinkedEnds[],
  isRing: boolean,
): string {
  if (chain.length > 2 || isRing) return technique;
  const { size } = board.shape;
  const kinds = new Set(chain.map(({ unit }) => Math.floor(unit / size)));
  if (chain.some(({ unit }) => isBox(board.shape, unit))) return technique;
  return kinds.size === 1 ? "Skyscraper" : "Two-string kite";
}
