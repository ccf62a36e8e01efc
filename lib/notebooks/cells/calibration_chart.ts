/**
 * Charts how well a classifier's confidences predict how often it is wrong. One diagram compares
 * the confidence with the share of right answers, and the other compares the expected number of
 * mistakes with the actual number. A slider sets the temperature by which the classifier's logits
 * are divided.
 */
import type { ChartSpec } from "../../display/charts.ts";
import { type CheckedAnswer, confidenceBands, countMistakes } from "./confidence_bands.ts";

/** The classifier's answers at one temperature. */
export interface AnswersAt {
  readonly temperature: number;
  readonly answers: readonly CheckedAnswer[];
}

export interface CalibrationChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /**
   * The temperature at which the slider starts. Pages that cannot show sliders show only this
   * temperature.
   */
  readonly start: number;
}

/**
 * Draws both diagrams, with a slider for the temperature.
 *
 * @param looks the answers at each temperature; the temperatures are evenly spaced
 */
export function calibrationChart(
  looks: readonly AnswersAt[],
  { title, subtitle, start }: CalibrationChartOptions,
): ChartSpec {
  const temperatures = looks.map(({ temperature }) => temperature);
  const bind = {
    input: "range",
    min: Math.min(...temperatures),
    max: Math.max(...temperatures),
    step: temperatures[1] - temperatures[0],
    name: "temperature ",
  };
  const nearest = temperatures.reduce((a, b) => Math.abs(b - start) < Math.abs(a - start) ? b : a);
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    params: [{ name: "temperature", value: nearest, bind }],
    spacing: 36,
    resolve: { legend: { color: "independent", size: "independent" } },
    hconcat: [reliability(looks), mistakes(looks)],
  } as ChartSpec;
}

/**
 * Selects the rows at the slider's temperature. The comparison allows a small difference, because
 * the slider adds up decimal steps inexactly.
 */
const isChosen = { filter: "abs(datum.temperature - temperature) < 1e-6" };

const BINS = 10;

function reliability(looks: readonly AnswersAt[]) {
  // The scale ends above 1, to leave room for the largest dot.
  const scale = { domain: [0, 1.05], nice: false };
  const axis = { format: ".1f", values: [0, 0.2, 0.4, 0.6, 0.8, 1] };
  const share = { type: "quantitative", scale, axis };
  const channels = {
    x: { field: "confidence", ...share, title: "confidence" },
    y: { field: "right", ...share, title: "share of right answers" },
  };
  return {
    title: smallTitle("As sure as it is right?"),
    width: 230,
    height: 230,
    layer: [
      {
        data: { values: [{ confidence: 0, right: 0 }, { confidence: 1, right: 1 }] },
        mark: { type: "line", strokeDash: [6, 4], color: "#555" },
        encoding: channels,
      },
      {
        data: asTable(looks.flatMap(binByConfidence)),
        transform: [isChosen],
        mark: { type: "circle", color: "#0072b2", opacity: 0.85, tooltip: true },
        encoding: {
          ...channels,
          size: {
            field: "answers",
            type: "quantitative",
            scale: { type: "log", domain: [1, 10_000], range: [20, 420] },
            legend: {
              ...{ values: [10, 100, 1000], orient: "bottom-right", offset: 8 },
              ...{ symbolFillColor: "#0072b2", symbolStrokeWidth: 0 },
            },
          },
        },
      },
    ],
  };
}

/** Returns the mean confidence and the share of right answers in ten bins of equal width. */
function binByConfidence({ temperature, answers }: AnswersAt) {
  const bins = Array.from({ length: BINS }, () => ({ answers: 0, confidence: 0, right: 0 }));
  for (const { confidence, isRight } of answers) {
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    bin.answers++;
    bin.confidence += confidence;
    bin.right += isRight ? 1 : 0;
  }
  return bins.filter(({ answers }) => answers > 0).map(({ answers, confidence, right }) => ({
    temperature,
    answers,
    confidence: round(confidence / answers),
    right: round(right / answers),
  }));
}

function mistakes(looks: readonly AnswersAt[]) {
  const values = looks.flatMap(({ temperature, answers }) =>
    countMistakes(answers).flatMap(({ band, answers, expected, found }) => [
      { temperature, band, answers, kind: "expected", mistakes: round(expected) },
      { temperature, band, answers, kind: "made", mistakes: found },
    ])
  );
  return {
    title: smallTitle("Mistakes by confidence"),
    width: 300,
    height: 230,
    data: asTable(values),
    transform: [isChosen],
    mark: { type: "bar", tooltip: true },
    encoding: {
      y: {
        field: "band",
        type: "nominal",
        sort: confidenceBands.map(({ band }) => band),
        title: null,
        axis: { labelLimit: 0, ticks: false, labelPadding: 6 },
      },
      yOffset: { field: "kind", type: "nominal" },
      x: {
        field: "mistakes",
        type: "quantitative",
        title: "mistakes",
        scale: { type: "symlog", constant: 1 },
        axis: { values: [0, 1, 3, 10, 30, 100, 300, 1000, 3000], grid: true },
      },
      color: {
        field: "kind",
        type: "nominal",
        scale: { domain: ["expected", "made"], range: ["#9ecae1", "#d55e00"] },
        legend: { title: null, orient: "bottom-right", offset: 8 },
      },
    },
  };
}

/** Returns rows as CSV. As JSON, each value would take a line in the notebook's file. */
function asTable(rows: readonly Readonly<Record<string, string | number>>[]) {
  const names = Object.keys(rows[0]);
  const lines = rows.map((row) => names.map((name) => row[name]).join(","));
  const parse = Object.fromEntries(
    names.filter((name) => typeof rows[0][name] === "number").map((name) => [name, "number"]),
  );
  return { values: [names.join(","), ...lines].join("\n"), format: { type: "csv", parse } };
}

function smallTitle(text: string) {
  return { text, fontSize: 12, fontWeight: "normal", offset: 6 };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
