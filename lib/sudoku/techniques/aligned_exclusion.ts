/**
 * Aligned exclusion: of the ways to fill two or three cells, strike those that repeat a digit in a unit and those that
 * leave nothing for a cell that sees all of them. A candidate that no remaining way uses goes.
 */
import { bitCount, digitsOf } from "../bits.ts";
import type { Board } from "../board.ts";
import {
  type CellSet,
  cellSetOf,
  cellsOf,
  countCells,
  intersection,
  intersects,
  isEmpty,
  seenByAll,
  union,
} from "../cell_set.ts";
import type { Candidate, Step } from "../step.ts";

/** What tells the two techniques apart. */
export interface ExclusionOptions {
  readonly technique: string;
  readonly rating: number;
  /** How many cells are filled, and the most candidates that an excluding cell has. */
  readonly size: 2 | 3;
}

/** Every pair or triple that strikes a candidate. */
export function* exclusionSteps(
  board: Board,
  options: ExclusionOptions,
): Generator<Step> {
  const excluders = excludersByCell(board, options.size);
  const bases = [...excluders.keys()];
  for (let i = 0; i < bases.length; i++) {
    for (let j = i + 1; j < bases.length; j++) {
      const [first, second] = [
        excluders.get(bases[i])!,
        excluders.get(bases[j])!,
      ];
      if (!intersects(first, second)) continue;
      const tails = options.size === 2
        ? [[]]
        : cellsOf(union(first, second)).filter((tail) =>
          tail !== bases[i] && tail !== bases[j] && excluders.has(tail)
        ).map((tail) => [tail]);
      for (const tail of tails) {
        const cells = [bases[i], bases[j], ...tail];
        const step = exclusionStep(board, cells, excluders, options);
        if (step) yield step;
      }
    }
  }
}

/** By empty cell: the cells it sees that have two to `most` candidates. */
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
  cells: readonly number[],
  excludersOf: ReadonlyMap<number, CellSet>,
  { technique, rating }: ExclusionOptions,
): Step | undefined {
  const common = cells.map((cell) => excludersOf.get(cell)!)
    .reduce(intersection);
  if (countCells(common) < 2) return undefined;
  // An excluder that has a digit which no cell to be filled has always keeps it.
  const all = cells.reduce((mask, cell) => mask | board.candidates[cell], 0);
  const excluders = cellsOf(common).filter((cell) =>
    (board.candidates[cell] & ~all) === 0
  );
  if (excluders.length === 0) return undefined;
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
