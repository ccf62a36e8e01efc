/** Charts a classifier's error rates on training and validation images. */
import type { ChartSpec } from "./charts.ts";

/** The error rate at one training step. */
export interface ErrorPoint {
  readonly step: number;
  /** Share of wrong answers, from 0 to 1. */
  readonly error: number;
}

export interface ClassifierChartOptions {
  readonly title: string;
  readonly subtitle: string;
}

/**
 * The lowest error rate that the chart shows. Lower rates are drawn at this value, because a
 * logarithmic axis cannot show zero.
 */
const LEAST = 1e-4;

const names = { training: "training batches", validation: "validation images" };

/**
 * Charts error rates over training steps. The axis of the error rates is logarithmic.
 *
 * @throws {RangeError} if there are no points
 */
export function classifierChart(
  training: readonly ErrorPoint[],
  validation: readonly ErrorPoint[],
  { title, subtitle }: ClassifierChartOptions,
): ChartSpec {
  if (training.length === 0 && validation.length === 0) {
    throw new RangeError(
      "Drawing a chart of errors: wanted at least one point, found none.",
    );
  }
  const curve = (points: readonly ErrorPoint[], name: string) =>
    points.map(({ step, error }) => ({
      step,
      error: Math.max(LEAST, error),
      name,
    }));
  const scale = { domain: Object.values(names) };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: title, subtitle },
    width: 640,
    height: 280,
    data: {
      values: [
        ...curve(training, names.training),
        ...curve(validation, names.validation),
      ],
    },
    mark: { type: "line", strokeWidth: 1.6, point: { size: 14 } },
    encoding: {
      x: {
        field: "step",
        type: "quantitative",
        title: "step",
        axis: { format: ",d" },
        scale: { nice: false },
      },
      y: {
        field: "error",
        type: "quantitative",
        title: "share of wrong answers",
        axis: { format: ".1%" },
        scale: { type: "log", nice: false },
      },
      color: {
        field: "name",
        type: "nominal",
        scale,
        legend: { title: null, orient: "top" },
      },
    },
  };
}
