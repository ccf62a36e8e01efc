/**
 * Places many singles at once to speed up the rating. A single is a cell with only one candidate,
 * or a digit with only one place left in a unit. The order in which the singles are placed does not
 * matter: the rating is the same as if the easiest step had been taken each time. To save time,
 * this code creates no step objects.
 */
import { bitCount } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import { singleKinds } from "../techniques/singles.ts";

/** The result of {@linkcode placeSingles}. */
export interface SinglesResult {
  /** The highest rating of a placed single, or `free` if `free` is higher. */
  readonly rating: number;
  /** The number of digits that were placed. */
  readonly placed: number;
}

const { lastInUnit, hiddenInBox, hiddenInLine, naked } = singleKinds;

/**
 * Places singles until no allowed single is left.
 *
 * @param free the highest rating of a step so far. Naked singles are placed only if `free` is at
 * least the rating of naked singles, because easier techniques must be tried first.
 * @param atMost the highest rating that a single may have
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

/** Returns the name of the technique whose rating {@linkcode placeSingles} returned. */
export function singleName(rating: number): string {
  if (rating >= hiddenInLine.rating) return hiddenInLine.technique;
  return rating >= hiddenInBox.rating ? hiddenInBox.technique : lastInUnit.technique;
}

/**
 * Fills the only empty cell of a unit, if there is such a unit. Returns whether a cell was filled.
 */
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
