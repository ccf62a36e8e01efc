/** Defines measured figures with their goals, and formats them as a table. */
import { alignColumns } from "../display/align_columns.ts";

/** A measured value. It may have a goal, which is either a minimum or a maximum. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Returns whether a figure meets its goal. Returns true if the figure has no goal. */
export function isReached(
  { value, atLeast = -Infinity, atMost = Infinity }: Figure,
): boolean {
  return value >= atLeast && value <= atMost;
}

/** Formats figures as a table in which missed goals are marked. */
export function formatFigures(figures: readonly Figure[]): string {
  return alignColumns([
    ["figure", "measured", "goal"],
    ...figures.map((figure) => [figure.name, formatFigure(figure.value), formatGoal(figure)]),
  ]);
}

/**
 * Formats a number with three significant digits. Numbers of 100 or more are rounded to whole
 * numbers.
 */
export function formatFigure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

function formatGoal(figure: Figure): string {
  const { atLeast, atMost } = figure;
  if (atLeast === undefined && atMost === undefined) return "";
  const goal = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  return isReached(figure) ? goal : `${goal}  missed`;
}
