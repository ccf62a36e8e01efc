/**
 * Finds the connected pieces of a square image, such as strokes, specks and the insides of loops.
 */

export interface PieceOptions {
  /** Returns whether a pixel with this value can belong to a piece. */
  readonly of: (value: number) => boolean;
  /** Whether two pixels that touch only at a corner count as connected. */
  readonly diagonal: boolean;
}

/** Returns whether a pixel with this value belongs to a stroke. */
export function isInk(value: number): boolean {
  return value >= 128;
}

/**
 * Finds all pieces, and lists the positions of each piece's pixels.
 *
 * @param pixels the value of each pixel, `[side * side]`
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const pixels = Uint8Array.of(255, 0, 0, 255);
 * assertEquals(listPieces(pixels, 2, { of: isInk, diagonal: true }), [[0, 3]]);
 * assertEquals(listPieces(pixels, 2, { of: isInk, diagonal: false }), [[0], [3]]);
 * ```
 */
export function listPieces(
  pixels: Uint8Array,
  side: number,
  { of, diagonal }: PieceOptions,
): number[][] {
  const seen = Uint8Array.from(pixels, (pixel) => of(pixel) ? 0 : 1);
  const pieces: number[][] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    const piece = [start];
    seen[start] = 1;
    for (const place of piece) {
      for (const next of neighboursOf(place, side, diagonal)) {
        if (seen[next]) continue;
        seen[next] = 1;
        piece.push(next);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

function neighboursOf(place: number, side: number, diagonal: boolean): number[] {
  const [x, y] = [place % side, Math.floor(place / side)];
  const neighbours: number[] = [];
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) {
      if (!diagonal && down !== 0 && right !== 0) continue;
      const [column, row] = [x + right, y + down];
      if (column >= 0 && column < side && row >= 0 && row < side) {
        neighbours.push(row * side + column);
      }
    }
  }
  return neighbours;
}
