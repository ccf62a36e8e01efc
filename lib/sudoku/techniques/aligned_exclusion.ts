/**
 * Aligned exclusion: of the ways to fill two or three cells, strike those that repeat a digit in a unit and those that
 * leave nothing for a cell that sees all of them. A candidate that no remaining way uses goes.
 */
import { bitCount, digitsOf } from "../bits.ts";
import type { Board } from "../board.ts";
import type { Candidate, Step } from "../step.ts";

/** What tells the two techniques apart. */
export interface ExclusionOptions {
  readonly technique: string;
  readonly rating: number;
  /** How many cells are filled, and the most candidates that an excluding cell has. */
  readonly size: 2 | 3;
}

/** The first pair or triple that strikes a candidate. */
export function findExclusion(
  board: Board,
  options: ExclusionOptions,
): Step | undefined {
  const excluders = excludersByCell(board, options.size);
  const bases = [...excluders.keys()];
  for (let i = 0; i < bases.length; i++) {
    for (let j = i + 1; j < bases.length; j++) {
      const common = intersect(
        excluders.get(bases[i])!,
        excluders.get(bases[j])!,
      );
      if (common.length < 2) continue;
      const groups = options.size === 2
        ? [[bases[i], bases[j]]]
        : triples(excluders, bases, i, j);
      for (const cells of groups) {
        const shared = options.size === 2
          ? common
          : intersect(common, excluders.get(cells[2])!);
        if (shared.length < 2) continue;
        const step = exclusionStep(board, cells, shared, options);
        if (step) return step;
      }
    }
  }
  return undefined;
}

/** By empty cell: the cells it sees that have two to `most` candidates. */
function excludersByCell(
  { shape, candidates }: Board,
  most: number,
): ReadonlyMap<number, readonly number[]> {
  const excluders = new Map<number, readonly number[]>();
  for (let cell = 0; cell < shape.cellCount; cell++) {
    if (bitCount[candidates[cell]] < 2) continue;
    const found = Array.from(shape.peers[cell]).filter((peer) => {
      const count = bitCount[candidates[peer]];
      return count >= 2 && count <= most;
    });
    if (found.length > 0) excluders.set(cell, found);
  }
  return excluders;
}

function intersect(
  first: readonly number[],
  second: readonly number[],
): readonly number[] {
  return first.filter((cell) => second.includes(cell));
}

/** Third cells that are themselves an excluder of one of the first two. */
function triples(
  excluders: ReadonlyMap<number, readonly number[]>,
  bases: readonly number[],
  i: number,
  j: number,
): readonly (readonly number[])[] {
  const [first, second] = [bases[i], bases[j]];
  const tails = new Set([...excluders.get(first)!, ...excluders.get(second)!]);
  return [...tails].filter((tail) =>
    tail !== first && tail !== second && excluders.has(tail)
  ).map((tail) => [first, second, tail]);
}

function exclusionStep(
  board: Board,
  cells: readonly number[],
  excluders: readonly number[],
  { technique, rating }: ExclusionOptions,
): Step | undefined {
  const possible = possibleDigits(board, cells, excluders);
  const removals: Candidate[] = cells.flatMap((cell, index) =>
    digitsOf(board.candidates[cell] & ~possible[index])
      .map((digit) => ({ cell, digit }))
  );
  if (removals.length === 0) return undefined;
  return {
    technique,
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

/** By cell: the digits that some allowed way to fill all the cells uses. */
function possibleDigits(
  board: Board,
  cells: readonly number[],
  excluders: readonly number[],
): readonly number[] {
  const { candidates, shape, sees } = board;
  const possible = cells.map(() => 0);
  const chosen: number[] = [];
  const fill = (index: number, used: number): void => {
    if (index === cells.length) {
      if (excluders.some((cell) => (candidates[cell] & ~used) === 0)) return;
      chosen.forEach((bit, position) => possible[position] |= bit);
      return;
    }
    for (let rest = candidates[cells[index]]; rest; rest &= rest - 1) {
      const bit = rest & -rest;
      const repeats = chosen.some((other, position) =>
        other === bit &&
        sees[cells[position] * shape.cellCount + cells[index]] === 1
      );
      if (repeats) continue;
      chosen.push(bit);
      fill(index + 1, used | bit);
      chosen.pop();
    }
  };
  fill(0, 0);
  return possible;
}
