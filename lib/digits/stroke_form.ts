/**
 * Brings pen strokes into the form that MNIST's digits have. The strokes are redrawn at their final
 * size, with a pen that is as wide as the strokes in MNIST. If a drawn image of the strokes were
 * scaled instead, then the width of the strokes would change. This file imports only mnist_form.ts.
 */
import { FORM } from "./mnist_form.ts";

/** A point of a stroke, in any unit. The y axis points down. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
}

/** The points of one stroke, from where the pen is put down to where it is lifted. */
export type Stroke = readonly StrokePoint[];

/** Half the width of MNIST's strokes, in pixels. */
const RADIUS = 1.25;
/** Width of a stroke's edge, in pixels. The ink fades from full to none across the edge. */
const EDGE = 1;
/** Side length of the square into which the ink must fit, in pixels, as in MNIST. */
const BOX = 20;

/**
 * Brings strokes into MNIST's form.
 *
 * @returns an image with white ink on black, `[28 * 28]`, 0 to 255; undefined if there are no
 * points
 *
 * @example A vertical stroke gives the same form at any position and length
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const one = strokesToForm([[{ x: 300, y: 10 }, { x: 300, y: 250 }]])!;
 * assertEquals(one, strokesToForm([[{ x: 5, y: 5 }, { x: 5, y: 6 }]]));
 * assertEquals([one[14 * 28 + 14], one[14 * 28 + 20]], [255, 0]);
 * ```
 */
export function strokesToForm(strokes: readonly Stroke[]): Uint8Array | undefined {
  const points = strokes.flat();
  if (points.length === 0) return undefined;
  const fitted = fitStrokes(strokes, points);
  // The first drawing only serves to find the centre of mass.
  const { x, y } = massOf(drawStrokes(fitted));
  return drawStrokes(moveStrokes(fitted, wayToCentre(x), wayToCentre(y)));
}

/**
 * Scales the strokes so that they fit into the box, including the width of the pen, and centres
 * them.
 */
function fitStrokes(strokes: readonly Stroke[], points: Stroke): Stroke[] {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const longer = Math.max(width, height);
  const scale = longer > 0 ? (BOX - 2 * RADIUS) / longer : 0;
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: FORM / 2 + (x - left - width / 2) * scale,
      y: FORM / 2 + (y - top - height / 2) * scale,
    }))
  );
}

/**
 * Returns how far the strokes must be shifted along one axis to move their centre of mass to the
 * middle. The shift is limited so that all ink stays inside the image.
 */
function wayToCentre(mass: number): number {
  const most = (FORM - BOX) / 2;
  return Math.min(most, Math.max(-most, FORM / 2 - mass));
}

function moveStrokes(strokes: readonly Stroke[], right: number, down: number): Stroke[] {
  return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x + right, y: y + down })));
}

function drawStrokes(strokes: readonly Stroke[]): Uint8Array {
  const nearest = new Float64Array(FORM * FORM).fill(Infinity);
  for (const stroke of strokes) {
    stroke.forEach((point, i) => drawLine(nearest, stroke[Math.max(0, i - 1)], point));
  }
  return Uint8Array.from(nearest, (distance) => {
    const share = (RADIUS + EDGE / 2 - distance) / EDGE;
    return Math.round(255 * Math.min(1, Math.max(0, share)));
  });
}

/** Updates each pixel's distance from the nearest line. Only pixels near this line are visited. */
function drawLine(nearest: Float64Array, from: StrokePoint, to: StrokePoint): void {
  const reach = RADIUS + EDGE;
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(FORM, bottom); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(FORM, right); x++) {
      const at = y * FORM + x;
      nearest[at] = Math.min(nearest[at], distanceFrom({ x: x + 0.5, y: y + 0.5 }, from, to));
    }
  }
}

function distanceFrom(point: StrokePoint, from: StrokePoint, to: StrokePoint): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / square;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

function massOf(form: Uint8Array): StrokePoint {
  let [sum, x, y] = [0, 0, 0];
  form.forEach((value, at) => {
    sum += value;
    x += value * (at % FORM + 0.5);
    y += value * (Math.floor(at / FORM) + 0.5);
  });
  return { x: x / sum, y: y / sum };
}
