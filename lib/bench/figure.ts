/** Defines measured figures with the project's goals for them, and formats them as a table. */
import { alignColumns } from "../display/align_columns.ts";

/** A measured value and its goal, if it has one: `atLeast` or `atMost`, never both. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Returns whether a figure reaches its goal. Returns true if there is no goal. */
export function isReached(
  { value, atLeast = -Infinity, atMost = Infinity }: Figure,
): boolean {
  return value >= atLeast && value <= atMost;
}

/** Returns the figures as a table of text, with missed goals marked. */
export function formatFigures(figures: readonly Figure[]): string {
  return alignColumns([
    ["figure", "measured", "goal"],
    ...figures.map((figure) => [figure.name, formatFigure(figure.value), formatGoal(figure)]),
  ]);
}

/** Formats a number with three significant digits, and without decimals if it is at least 100. */
export function formatFigure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

function formatGoal(figure: Figure): string {
  const { atLeast, atMost } = figure;
  if (atLeast === undefined && atMost === undefined) return "";
  const goal = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  return isReached(figure) ? goal : `${goal}  missed`;
}
