/**
 * Turns ink into an outline for print. The outline follows the contour along which the ink is at
 * half its full value. The package d3-contour finds this contour with the marching squares
 * algorithm. The steps between pixels are then smoothed.
 */
import { contours } from "d3-contour";

/**
 * Closed SVG paths in a 1 x 1 square. The outline of a hole runs in the opposite direction to the
 * outline of the ink around the hole.
 */
export type Outline = string;

type Point = readonly [x: number, y: number];

/**
 * The parameters of Taubin's smoothing ("Curve and surface smoothing without shrinkage", 1995).
 * Each pass shrinks the outline and then expands it, which preserves the width of strokes.
 */
const SHRINK = 0.5;
const SWELL = -0.52;
const PASSES = 14;

/** Only every third corner is kept, because the smoothed outline does not need more corners. */
const EVERY = 3;

/**
 * Number of decimal places in the paths. In print, a thousandth of a picture's width is too small
 * to be seen.
 */
const DIGITS = 3;

/**
 * Returns the outline of a picture.
 *
 * @param ink the opacity of each pixel, `[side * side]`, 0 to 255
 * @returns the outline, which is an empty string if there is no ink
 */
export function outlineOf(ink: Uint8Array, side: number): Outline {
  const [level] = contours().size([side, side]).thresholds([128])([...ink]);
  const rings = level.coordinates.flat();
  return rings.map((ring) => {
    // The last point of a ring repeats the first.
    const smooth = smoothRing(ring.slice(1) as unknown as Point[]);
    const corners = smooth.filter((_, i) => i % EVERY === 0);
    return corners.length < 3 ? "" : writeRing(corners, side);
  }).join("");
}

function smoothRing(ring: readonly Point[]): readonly Point[] {
  let smooth = ring;
  for (let pass = 0; pass < PASSES; pass++) {
    smooth = moveToNeighbours(moveToNeighbours(smooth, SHRINK), SWELL);
  }
  return smooth;
}

function moveToNeighbours(ring: readonly Point[], share: number): Point[] {
  return ring.map(([x, y], i) => {
    const [before, after] = [ring.at(i - 1)!, ring[(i + 1) % ring.length]];
    return [
      x + share * ((before[0] + after[0]) / 2 - x),
      y + share * ((before[1] + after[1]) / 2 - y),
    ];
  });
}

/**
 * Writes a ring of corners as a closed curve. The curve passes through the midpoints of the ring's
 * sides, and the ring's corners are the control points of the curve.
 */
function writeRing(corners: readonly Point[], side: number): string {
  const write = ([x, y]: Point) => `${short(x / side)} ${short(y / side)}`;
  const middle = (i: number): Point => {
    const [from, to] = [corners[i], corners[(i + 1) % corners.length]];
    return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  };
  const curves = corners.map((_, i) => {
    const at = (i + 1) % corners.length;
    return `Q${write(corners[at])} ${write(middle(at))}`;
  });
  return `M${write(middle(0))}${curves.join("")}Z`;
}

function short(value: number): string {
  return String(Number(value.toFixed(DIGITS)));
}
