/**
 * Scenes of the plane, and their form in a chart: digits in a text, which the chart takes apart. As
 * tables they would take 100,000 lines of a notebook's file, one for each number.
 */

export type ScenePoint = readonly [x: number, y: number];

/** The content of one picture of the plane. All parts are optional. */
export interface PlaneScene {
  /** Stands above the picture. */
  readonly title?: string;
  /** Answers from 0 to 1, a square of them in rows from the lower left. */
  readonly map?: ArrayLike<number>;
  readonly real?: readonly ScenePoint[];
  readonly generated?: readonly ScenePoint[];
  /** What points are generated from, as points. */
  readonly noise?: readonly ScenePoint[];
  /** The way that each generated point is to go. */
  readonly arrows?: readonly ScenePoint[];
}

export type Kind = "real" | "generated" | "noise";

export const kinds: readonly Kind[] = ["real", "generated", "noise"];

/** A place in a chart's text, written in Vega's language of expressions. */
export type Expression = string;

/** Digits of a number in a text. */
const DIGITS = 3;
const MOST = 10 ** DIGITS - 1;

/** The parts of a scene as digits. */
export type SceneTexts = { [Part in keyof Omit<PlaneScene, "title">]?: string };

/** Returns the parts of a scene as digits. What lies outside is moved to the edge. */
export function sceneTexts(scene: PlaneScene, extent: number): SceneTexts {
  const flat = (points: readonly ScenePoint[]) =>
    points.flat().map((value) => value / extent / 2 + 0.5);
  const parts = [...kinds, "arrows" as const].filter((part) => scene[part]);
  return {
    ...(scene.map && { map: digits(Array.from(scene.map)) }),
    ...Object.fromEntries(parts.map((part) => [part, digits(flat(scene[part]!))])),
  };
}

/** Numbers from 0 to 1, what lies outside brought to the nearer end. */
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

/** The number at a place in a text, from 0 to 1. */
export function numberAt(text: Expression, index: Expression): Expression {
  return `toNumber(substring(${text}, ${DIGITS} * (${index}), ${DIGITS} * (${index}) + ${DIGITS})) ` +
    `/ ${MOST}`;
}

export function coordinateAt(text: Expression, index: Expression, extent: number): Expression {
  return `(2 * ${numberAt(text, index)} - 1) * ${extent}`;
}
