/** Defines measured figures and their goals. */
import { alignColumns } from "../display/align_columns.ts";

/** A measured value, with one goal at most. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Returns whether a figure reaches its goal; true without a goal. */
export function isReached(
  { value, atLeast = -Infinity, atMost = Infinity }: Figure,
): boolean {
  return value >= atLeast && value <= atMost;
}

/** Formats figures as a table that marks missed goals. */
export function formatFigures(figures: readonly Figure[]): string {
  return alignColumns([
    ["figure", "measured", "goal"],
    ...figures.map((figure) => [figure.name, formatFigure(figure.value), formatGoal(figure)]),
  ]);
}

/** Rounds to three significant digits, or to a whole number from 100 on. */
export function formatFigure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

function formatGoal(figure: Figure): string {
  const { atLeast, atMost } = figure;
  if (atLeast === undefined && atMost === undefined) return "";
  const goal = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  return isReached(figure) ? goal : `${goal}  missed`;
}
