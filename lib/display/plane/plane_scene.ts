/**
 * Encodes scenes of the plane as strings of digits, which the chart decodes. Tables of numbers
 * would take 100,000 lines in a notebook, because a notebook stores each number of a table on a
 * separate line.
 */

export type ScenePoint = readonly [x: number, y: number];

/** The content of one picture of the plane. */
export interface PlaneScene {
  readonly title?: string;
  /**
   * The discriminator's answers, each from 0 to 1, on a square grid. The grid is listed row by row,
   * starting at the lower left.
   */
  readonly map?: ArrayLike<number>;
  readonly real?: readonly ScenePoint[];
  readonly generated?: readonly ScenePoint[];
  /** The generator's input, as points in the plane. */
  readonly noise?: readonly ScenePoint[];
  /** The arrows that start at the generated points, each given as a difference in x and y. */
  readonly arrows?: readonly ScenePoint[];
}

export type Kind = "real" | "generated" | "noise";

export const kinds: readonly Kind[] = ["real", "generated", "noise"];

/** An expression in Vega's expression language. */
export type Expression = string;

/** The number of decimal digits with which each number is encoded. */
const DIGITS = 3;
const MOST = 10 ** DIGITS - 1;

/** The parts of a scene, each encoded as a string of digits. */
export type SceneTexts = { [Part in keyof Omit<PlaneScene, "title">]?: string };

/** Encodes the parts of a scene. Points beyond `extent` are moved to the edge of the picture. */
export function sceneTexts(scene: PlaneScene, extent: number): SceneTexts {
  const flat = (points: readonly ScenePoint[]) =>
    points.flat().map((value) => value / extent / 2 + 0.5);
  const parts = [...kinds, "arrows" as const].filter((part) => scene[part]);
  return {
    ...(scene.map && { map: digits(Array.from(scene.map)) }),
    ...Object.fromEntries(parts.map((part) => [part, digits(flat(scene[part]!))])),
  };
}

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

/** Returns a Vega expression that decodes the number at an index. The number is between 0 and 1. */
export function numberAt(text: Expression, index: Expression): Expression {
  return `toNumber(substring(${text}, ${DIGITS} * (${index}), ${DIGITS} * (${index}) + ${DIGITS})) ` +
    `/ ${MOST}`;
}

export function coordinateAt(text: Expression, index: Expression, extent: number): Expression {
  return `(2 * ${numberAt(text, index)} - 1) * ${extent}`;
}
