/**
 * Defines scenes of the plane and encodes them as strings of digits, which a chart decodes. If they
 * were stored as tables, a notebook file would need 100,000 lines for them, one per number.
 */

export type ScenePoint = readonly [x: number, y: number];

/** The content of one picture of the plane. All parts are optional. */
export interface PlaneScene {
  /** Title above the picture. */
  readonly title?: string;
  /** The discriminator's outputs on a square grid, from 0 to 1, row by row from the lower left. */
  readonly map?: ArrayLike<number>;
  readonly real?: readonly ScenePoint[];
  readonly generated?: readonly ScenePoint[];
  /** The noise that the generator turns into points. The noise is itself shown as points. */
  readonly noise?: readonly ScenePoint[];
  /** For each generated point, the extent of its arrow in x and y. */
  readonly arrows?: readonly ScenePoint[];
}

export type Kind = "real" | "generated" | "noise";

export const kinds: readonly Kind[] = ["real", "generated", "noise"];

/** Code in Vega's expression language. */
export type Expression = string;

/** Number of digits that encode a number. */
const DIGITS = 3;
const MOST = 10 ** DIGITS - 1;

/** The parts of a scene, encoded as digits. */
export type SceneTexts = { [Part in keyof Omit<PlaneScene, "title">]?: string };

/**
 * Encodes the parts of a scene as digits. Points outside the visible square are moved to its edge.
 */
export function sceneTexts(scene: PlaneScene, extent: number): SceneTexts {
  const flat = (points: readonly ScenePoint[]) =>
    points.flat().map((value) => value / extent / 2 + 0.5);
  const parts = [...kinds, "arrows" as const].filter((part) => scene[part]);
  return {
    ...(scene.map && { map: digits(Array.from(scene.map)) }),
    ...Object.fromEntries(parts.map((part) => [part, digits(flat(scene[part]!))])),
  };
}

/** Encodes numbers from 0 to 1. Numbers outside this range are clamped. */
function digits(values: readonly number[]): string {
  return values.map((value) =>
    String(Math.round(Math.max(0, Math.min(1, value)) * MOST)).padStart(DIGITS, "0")
  ).join("");
}

export function literalsOf(scene: PlaneScene, extent: number): Record<string, Expression> {
  return Object.fromEntries(
    Object.entries(sceneTexts(scene, extent)).map(([name, text]) => [name, `'${text}'`]),
  );
}

/** Returns an expression that decodes one number, from 0 to 1, from a string of digits. */
export function numberAt(text: Expression, index: Expression): Expression {
  return `toNumber(substring(${text}, ${DIGITS} * (${index}), ${DIGITS} * (${index}) + ${DIGITS})) ` +
    `/ ${MOST}`;
}

export function coordinateAt(text: Expression, index: Expression, extent: number): Expression {
  return `(2 * ${numberAt(text, index)} - 1) * ${extent}`;
}
