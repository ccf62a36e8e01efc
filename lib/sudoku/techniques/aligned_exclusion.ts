/**
 * Finds aligned exclusions. The technique goes through all combinations of the candidates of two or
 * three empty cells. A combination of candidates is impossible if it repeats a digit in a unit, or
 * if it leaves no candidate for some other cell that sees all the filled cells. If a candidate
 * occurs in none of the possible combinations, then it is removed.
 */
import { bitCount, digitsOf } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import {
  type CellSet,
  cellSetOf,
  cellsOf,
  hasTwo,
  intersection,
  intersects,
  isEmpty,
  seenByAll,
} from "../board/cell_set.ts";
import type { Step, Technique } from "./step.ts";
import type { Candidate } from "./step_reason.ts";
import { possibleDigits } from "./aligned_fillings.ts";

/** Finds aligned pair exclusions by going through the ways to fill two cells. */
export const alignedPairExclusion: Technique = alignedExclusion({
  name: "Aligned pair exclusion",
  rating: 6.2,
  size: 2,
});

/** Finds aligned triple exclusions by going through the ways to fill three cells. */
export const alignedTripleExclusion: Technique = alignedExclusion({
  name: "Aligned triple exclusion",
  rating: 7.5,
  size: 3,
});

interface Variant {
  readonly name: string;
  readonly rating: number;
  /** The number of cells to fill. An excluder has at most this many candidates. */
  readonly size: 2 | 3;
}

function alignedExclusion(variant: Variant): Technique {
  const { name, rating } = variant;
  return { name, rating, steps: (board) => exclusionSteps(board, variant) };
}

function* exclusionSteps(board: Board, variant: Variant): Generator<Step> {
  const excluders = [...excludersByCell(board, variant.size)];
  for (let i = 0; i < excluders.length; i++) {
    for (let j = i + 1; j < excluders.length; j++) {
      const common = intersection(excluders[i][1], excluders[j][1]);
      if (!hasTwo(common)) continue;
      const pair = [excluders[i], excluders[j]];
      const groups = variant.size === 2 ? [pair] : triplesOf(pair, common, excluders, j + 1);
      for (const group of groups) {
        const step = exclusionStep(board, group, variant);
        if (step) yield step;
      }
    }
  }
}

/**
 * An empty cell and its excluders. An excluder of a cell is another cell that sees it and has few
 * candidates.
 */
type Base = readonly [cell: number, excluders: CellSet];

/**
 * Extends a pair of cells to triples of cells. The three cells must have at least two excluders in
 * common. In addition, one of the three cells must be an excluder of another.
 */
function* triplesOf(
  pair: readonly Base[],
  common: CellSet,
  bases: readonly Base[],
  from: number,
): Generator<readonly Base[]> {
  for (let index = from; index < bases.length; index++) {
    if (!hasTwo(intersection(common, bases[index][1]))) continue;
    const triple = [...pair, bases[index]];
    const cells = cellSetOf(triple.map(([cell]) => cell));
    if (triple.some(([, excluders]) => intersects(excluders, cells))) {
      yield triple;
    }
  }
}

/**
 * Returns the excluders of each empty cell. An excluder has at least two and at most `most`
 * candidates.
 */
function excludersByCell(
  { shape, candidates }: Board,
  most: number,
): ReadonlyMap<number, CellSet> {
  const few = cellSetOf(
    Array.from(shape.peers.keys()).filter((cell) => {
      const count = bitCount[candidates[cell]];
      return count >= 2 && count <= most;
    }),
  );
  const excluders = new Map<number, CellSet>();
  for (let cell = 0; cell < shape.cellCount; cell++) {
    if (bitCount[candidates[cell]] < 2) continue;
    const seen = intersection(seenByAll(shape, [cell]), few);
    if (!isEmpty(seen)) excluders.set(cell, seen);
  }
  return excluders;
}

function exclusionStep(
  board: Board,
  group: readonly Base[],
  { name, rating }: Variant,
): Step | undefined {
  const cells = group.map(([cell]) => cell);
  // If an excluder has a candidate that none of the cells to fill has, then it always keeps this
  // candidate, so it excludes nothing.
  const all = cells.reduce((mask, cell) => mask | board.candidates[cell], 0);
  const common = group.map(([, excluders]) => excluders).reduce(intersection);
  const excluders = cellsOf(common).filter((cell) => (board.candidates[cell] & ~all) === 0);
  if (excluders.length === 0) return undefined;
  const possible = possibleDigits(
    board,
    cells,
    excluders.map((cell) => board.candidates[cell]),
  );
  const removals: Candidate[] = cells.flatMap((cell, index) =>
    digitsOf(board.candidates[cell] & ~possible[index])
      .map((digit) => ({ cell, digit }))
  );
  if (removals.length === 0) return undefined;
  return {
    technique: name,
    rating,
    placements: [],
    removals,
    cells,
    units: [],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "aligned exclusion", excluders },
  };
}
