/**
 * Straightens the picture of a board that is seen at an angle. The method is a projective map
 * (Heckbert, "Fundamentals of texture mapping and image warping", 1989, section 2.2.3).
 */
import type { Corners } from "./find_board.ts";
import type { InkPicture } from "./ink_picture.ts";

/** Returns the board as a square picture that is `side` pixels wide. */
export function straighten(picture: InkPicture, corners: Corners, side: number): InkPicture {
  const map = mapOf(corners);
  const values = new Uint8Array(side * side);
  for (let at = 0; at < values.length; at++) {
    const [u, v] = [(at % side + 0.5) / side, (Math.floor(at / side) + 0.5) / side];
    values[at] = sample(picture, ...map(u, v));
  }
  return { values, width: side, height: side };
}

function mapOf([a, b, c, d]: Corners): (u: number, v: number) => [x: number, y: number] {
  const [sumX, sumY] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y];
  const [dx1, dy1] = [b.x - c.x, b.y - c.y];
  const [dx2, dy2] = [d.x - c.x, d.y - c.y];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sumX * dy2 - dx2 * sumY) / determinant;
  const h = (dx1 * sumY - sumX * dy1) / determinant;
  return (u, v) => {
    const w = g * u + h * v + 1;
    return [
      ((b.x - a.x + g * b.x) * u + (d.x - a.x + h * d.x) * v + a.x) / w,
      ((b.y - a.y + g * b.y) * u + (d.y - a.y + h * d.y) * v + a.y) / w,
    ];
  };
}

/**
 * Returns the ink at a point, interpolated between the nearest pixels. The coordinates of a pixel's
 * centre end in .5.
 */
function sample({ values, width, height }: InkPicture, x: number, y: number): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - left, y - 0.5 - top];
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : values[row * width + column];
  const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
  const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
  return Math.round(upper * (1 - down) + lower * down);
}
