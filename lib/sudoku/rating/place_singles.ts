/**
 * Places many singles at once, to speed up the rating. Hidden and naked singles are placed in any
 * order, and the highest rating that was needed is recorded. The result is the same as if the
 * easiest step had been taken each time, but no step objects are created.
 */
import { bitCount } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import { singleKinds } from "../techniques/singles.ts";

/** The result of placing singles. */
export interface SinglesResult {
  /** The rating given as `free`, or the highest rating of a placed single if that is higher. */
  readonly rating: number;
  /** The number of digits that were placed. */
  readonly placed: number;
}

const { lastInUnit, hiddenInBox, hiddenInLine, naked } = singleKinds;

/**
 * Places singles until no allowed single is left.
 *
 * @param free the rating reached so far. Singles up to this rating do not raise the result. Naked
 * singles are not placed until their own rating is reached, because easier techniques must be tried
 * first.
 * @param atMost the highest allowed rating
 */
export function placeSingles(
  board: Board,
  free: number,
  atMost: number,
): SinglesResult {
  const before = board.empty;
  const { size } = board.shape;
  let rating = free;
  if (rating < hiddenInBox.rating) {
    while (placeLast(board, atMost)) {
      rating = Math.max(rating, lastInUnit.rating);
    }
  }
  while (board.empty > 0) {
    if (
      atMost >= hiddenInBox.rating && placeHidden(board, 2 * size, 3 * size)
    ) {
      rating = Math.max(rating, hiddenInBox.rating);
    } else if (
      atMost >= hiddenInLine.rating && placeHidden(board, 0, 2 * size)
    ) {
      rating = Math.max(rating, hiddenInLine.rating);
    } else if (rating < naked.rating || !placeNaked(board)) break;
  }
  return { rating, placed: before - board.empty };
}

/** Returns the name of the technique that led to a rating returned by {@linkcode placeSingles}. */
export function singleName(rating: number): string {
  if (rating >= hiddenInLine.rating) return hiddenInLine.technique;
  return rating >= hiddenInBox.rating ? hiddenInBox.technique : lastInUnit.technique;
}

/** If a unit has only one empty cell, fills that cell. Returns whether there was such a unit. */
function placeLast(board: Board, atMost: number): boolean {
  if (atMost < lastInUnit.rating) return false;
  const { units } = board.shape;
  for (let unit = 0; unit < units.length; unit++) {
    if (board.emptyIn[unit] !== 1) continue;
    for (const cell of units[unit]) {
      if (bitCount[board.candidates[cell]] === 1) return placeAt(board, cell);
    }
  }
  return false;
}

/**
 * Places hidden singles in one pass over the units `from` … `to` − 1. Returns whether there were
 * any.
 */
function placeHidden(board: Board, from: number, to: number): boolean {
  const { size, units } = board.shape;
  let found = false;
  for (let unit = from; unit < to; unit++) {
    if (board.emptyIn[unit] === 0) continue;
    for (let bit = 0; bit < size; bit++) {
      const positions = board.places[unit * size + bit];
      if (bitCount[positions] !== 1) continue;
      board.place(units[unit][31 - Math.clz32(positions)], bit + 1);
      found = true;
    }
  }
  return found;
}

/** Places naked singles in one pass over the cells. Returns whether there were any. */
function placeNaked(board: Board): boolean {
  let found = false;
  for (let cell = 0; cell < board.shape.cellCount; cell++) {
    if (bitCount[board.candidates[cell]] === 1) found = placeAt(board, cell);
  }
  return found;
}

function placeAt(board: Board, cell: number): boolean {
  board.place(cell, 32 - Math.clz32(board.candidates[cell]));
  return true;
}
