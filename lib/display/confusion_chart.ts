/** Charts a confusion matrix, which shows how often each digit was mistaken for another one. */
import type { ChartSpec } from "./charts.ts";

export interface ConfusionChartOptions {
  readonly title: string;
  readonly subtitle: string;
}

const CELL = 44;

/**
 * Charts a square of cells, with a row for each label and a column for each prediction. Only
 * mistakes are coloured. On a scale that includes a thousand correct predictions, all mistakes
 * would look alike.
 *
 * @param confusion `confusion[label][answer]` counts images
 * @throws {RangeError} when the matrix is empty or not square
 */
export function confusionChart(
  confusion: readonly (readonly number[])[],
  { title, subtitle }: ConfusionChartOptions,
): ChartSpec {
  const size = confusion.length;
  if (size === 0 || confusion.some((row) => row.length !== size)) {
    const found = confusion.map((row) => row.length);
    throw new RangeError(
      `Drawing a confusion matrix: wanted a square one, found rows of ${found}.`,
    );
  }
  const values = confusion.flatMap((row, label) =>
    row.map((count, answer) => ({
      label,
      answer,
      count,
      mistakes: label === answer ? 0 : count,
      right: label === answer,
    }))
  );
  const place = {
    y: { field: "label", type: "ordinal", title: "label" },
    x: {
      field: "answer",
      type: "ordinal",
      title: "answer",
      axis: { orient: "top", labelAngle: 0 },
    },
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: title, subtitle },
    width: size * CELL,
    height: size * CELL,
    data: { values },
    layer: [
      {
        mark: { type: "rect", stroke: "#e8e8e8" },
        encoding: {
          ...place,
          color: {
            field: "mistakes",
            type: "quantitative",
            // The default interpolation between colours would start with yellow.
            scale: {
              range: ["#ffffff", "#d55e00"],
              domainMin: 0,
              interpolate: "rgb",
            },
            legend: null,
          },
        },
      },
      {
        transform: [{ filter: "datum.count > 0" }],
        mark: { type: "text", fontSize: 12 },
        encoding: {
          ...place,
          text: { field: "count", type: "quantitative", format: "d" },
          color: {
            condition: { test: "datum.right", value: "#999" },
            value: "black",
          },
        },
      },
    ],
  } as ChartSpec;
}
