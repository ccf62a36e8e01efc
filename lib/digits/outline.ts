/**
 * The outline of ink as a path: for print, where pixels would show. The level line of half ink
 * (marching squares by d3-contour), its corners rounded.
 */
import { contours } from "d3-contour";

/** A closed path in SVG's words, in a square of 1 x 1; filled by the non-zero rule. */
export type Outline = string;

/** Digits behind the point: a thousandth of a picture is finer than any printer at this size. */
const DIGITS = 4;

/**
 * The outline of a picture.
 *
 * @param ink `[side * side]`, 0 to 255
 * @returns "" where there is no ink
 */
export function outlineOf(ink: Uint8Array, side: number): Outline {
  const [level] = contours().size([side, side]).thresholds([128])([...ink]);
  const rings = level.coordinates.flat();
  return rings.map((ring) => roundRing(ring.slice(1) as Point[], side)).join("");
}

type Point = [x: number, y: number];

/** A curve through the middles of a ring's sides, with its corners as control points. */
function roundRing(corners: readonly Point[], side: number): string {
  const middles = corners.map((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    return [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2] as const;
  });
  const write = ([x, y]: readonly [number, number]) => `${short(x / side)} ${short(y / side)}`;
  const curves = corners.map((_, i) => {
    const at = (i + 1) % corners.length;
    return `Q${write(corners[at])} ${write(middles[at])}`;
  });
  return `M${write(middles[0])}${curves.join("")}Z`;
}

function short(value: number): string {
  return String(Number(value.toFixed(DIGITS)));
}
