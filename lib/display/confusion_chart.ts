/** Charts how often a classifier mistakes each digit for each of the others. */
import type { ChartSpec } from "./charts.ts";

export interface ConfusionChartOptions {
  readonly title: string;
  readonly subtitle: string;
}

const CELL = 44;

/**
 * Charts a confusion matrix. Only the mistakes are coloured. If the correct answers were coloured
 * too, all mistakes would look alike, because a digit may have a thousand correct answers.
 *
 * @param confusion numbers of images, where `confusion[label][answer]` counts the images of `label`
 * that were classified as `answer`
 * @throws {RangeError} if the matrix is empty or not square
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
            // The range is given because the default colours of Vega-Lite start with yellow.
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
