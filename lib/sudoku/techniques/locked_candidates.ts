/**
 * Locked candidates: a digit that a unit can have only where it crosses another unit leaves the rest of that other one.
 * From a box to a line it is called pointing, from a line to a box claiming. "Direct" means that the removal leaves a
 * hidden single, which a person sees without notes.
 */
import { bitCount, lowestBit } from "../bits.ts";
import type { Board } from "../board.ts";
import type { Candidate, Step } from "../step.ts";
import { isBox } from "./unit_order.ts";

/** What tells the four techniques apart. */
export interface LockedOptions {
  readonly technique: string;
  readonly rating: number;
  readonly from: "box" | "line";
  readonly direct: boolean;
}

/** The first step of this kind. */
export function findLocked(
  board: Board,
  options: LockedOptions,
): Step | undefined {
  const { size } = board.shape;
  const [start, end] = options.from === "box"
    ? [2 * size, 3 * size]
    : [0, 2 * size];
  for (let digit = 1; digit <= size; digit++) {
    for (let unit = start; unit < end; unit++) {
      const positions = board.placesOf(unit, digit);
      if (bitCount[positions] < 2) continue;
      for (const crossing of crossings(board, unit, positions)) {
        const step = lockedStep(board, { unit, crossing, digit }, options);
        if (step) return step;
      }
    }
  }
  return undefined;
}

interface Lock {
  readonly unit: number;
  readonly crossing: number;
  readonly digit: number;
}

/** The units of the other kind that hold all these positions. */
function crossings(
  { shape }: Board,
  unit: number,
  positions: number,
): readonly number[] {
  const cells = shape.units[unit];
  const first = lowestBit(positions);
  const kinds = isBox(shape, unit) ? [1, 0] : [2];
  return kinds.map((kind) => shape.unitsOf[cells[first]][kind]).filter(
    (other) => {
      for (let rest = positions & (positions - 1); rest; rest &= rest - 1) {
        if (!shape.unitsOf[cells[lowestBit(rest)]].includes(other)) {
          return false;
        }
      }
      return true;
    },
  );
}

function lockedStep(
  board: Board,
  lock: Lock,
  { technique, rating, direct }: LockedOptions,
): Step | undefined {
  const { unit, crossing, digit } = lock;
  const removals = removalsOf(board, lock);
  if (removals.length === 0) return undefined;
  const placement = direct ? singleLeft(board, lock, removals) : undefined;
  if (direct && !placement) return undefined;
  return {
    technique,
    rating,
    placements: placement ? [placement] : [],
    removals: direct ? [] : removals,
    cells: board.cellsAt(unit, board.placesOf(unit, digit)),
    units: [unit, crossing],
    presumesUniqueness: false,
    reason: { kind: "locked candidates", digit, unit, crossing },
  };
}

function removalsOf(
  board: Board,
  { unit, crossing, digit }: Lock,
): readonly Candidate[] {
  return board.cellsAt(crossing, board.placesOf(crossing, digit))
    .filter((cell) => !board.shape.unitsOf[cell].includes(unit))
    .map((cell) => ({ cell, digit }));
}

/** The one cell that another unit of the first kind would have left for the digit. */
function singleLeft(
  board: Board,
  { unit, digit }: Lock,
  removals: readonly Candidate[],
): Candidate | undefined {
  const { shape } = board;
  const kind = Math.floor(unit / shape.size);
  for (const { cell } of removals) {
    const other = shape.unitsOf[cell][kind];
    const left = board.cellsAt(other, board.placesOf(other, digit))
      .filter((place) => !removals.some((removal) => removal.cell === place));
    if (left.length === 1) return { cell: left[0], digit };
  }
  return undefined;
}
