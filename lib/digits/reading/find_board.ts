/**
 * Finds the board in a picture. The largest connected piece of ink is assumed to be the lines of
 * the board.
 */
import type { InkPicture } from "./ink_picture.ts";
import { ReadingError } from "./reading_error.ts";

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** The corners in this order: upper left, upper right, lower right, lower left. */
export type Corners = readonly [Corner, Corner, Corner, Corner];

/** The minimum amount of ink in a pixel that belongs to a line. */
const LINE = 90;
/** The minimum length of a board's side, as a fraction of the picture's shorter side. */
const LEAST = 0.3;
/**
 * The largest allowed ratio between two sides of a board. The sides of a board that is seen at an
 * angle have different lengths.
 */
const UNEVEN = 1.35;

/**
 * Returns the corners of the board.
 *
 * @throws {ReadingError} if the largest piece of ink does not look like the lines of a board
 */
export function findBoard(picture: InkPicture): Corners {
  const corners = cornersOf(largestPiece(picture), picture.width);
  const sides = corners.map(({ x, y }, i) => {
    const next = corners[(i + 1) % 4];
    return Math.hypot(next.x - x, next.y - y);
  });
  const [least, most] = [Math.min(...sides), Math.max(...sides)];
  const wanted = LEAST * Math.min(picture.width, picture.height);
  if (least >= wanted && most <= UNEVEN * least) return corners;
  throw new ReadingError(
    "Reading a board: wanted a square of lines that fills most of the picture, found none. " +
      "Is the whole board in the picture, upright and in focus?",
  );
}

function largestPiece({ values, width, height }: InkPicture): Uint32Array {
  const seen = new Uint8Array(values.length);
  const queue = new Uint32Array(values.length);
  let largest = new Uint32Array();
  for (let start = 0; start < values.length; start++) {
    if (seen[start] || values[start] < LINE) continue;
    const count = fill(start, { values, width, height }, seen, queue);
    if (count > largest.length) largest = queue.slice(0, count);
  }
  return largest;
}

/**
 * Finds all pixels that are connected to `start`. Writes the positions of the pixels to `queue`,
 * and returns the number of pixels.
 */
function fill(
  start: number,
  { values, width, height }: InkPicture,
  seen: Uint8Array,
  queue: Uint32Array,
): number {
  let count = 1;
  queue[0] = start;
  seen[start] = 1;
  for (let next = 0; next < count; next++) {
    const [x, y] = [queue[next] % width, Math.floor(queue[next] / width)];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const at = row * width + column;
        if (seen[at] || values[at] < LINE) continue;
        seen[at] = 1;
        queue[count++] = at;
      }
    }
  }
  return count;
}

/**
 * Returns the four corners of a piece of ink: the pixels that lie farthest out in the four diagonal
 * directions.
 */
function cornersOf(places: Uint32Array, width: number): Corners {
  const best = [0, 1, 2, 3].map(() => ({ score: -Infinity, x: 0, y: 0 }));
  for (const place of places) {
    const [x, y] = [place % width, Math.floor(place / width)];
    [-x - y, x - y, x + y, y - x].forEach((score, i) => {
      if (score > best[i].score) best[i] = { score, x: x + 0.5, y: y + 0.5 };
    });
  }
  const [a, b, c, d] = best.map(({ x, y }) => ({ x, y }));
  return [a, b, c, d];
}
