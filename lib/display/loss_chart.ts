/**
 * Charts a GAN's losses during training. Dashed lines mark the losses at the equilibrium of
 * generator and discriminator.
 */
import type { ChartSpec } from "./charts.ts";

/**
 * A row of data, which gives one point on each curve. The values are means over the training steps
 * since the previous row.
 */
export interface LossRow {
  readonly step: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  /** The discriminator's mean estimate of the probability that a real image is real. */
  readonly realScore: number;
  /** The discriminator's mean estimate of the probability that a generated image is real. */
  readonly fakeScore: number;
}

export interface LossChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** The losses at the equilibrium, which are marked by dashed lines. */
  readonly guides: {
    readonly discriminator: number;
    readonly generator: number;
  };
}

/**
 * Width of each of the chart's two panels, in pixels. It leaves enough room in JupyterLab for the
 * labels of the dashed lines, which stand beside a panel.
 */
const WIDTH = 520;
const colours = {
  discriminator: "#0072b2",
  generator: "#d55e00",
  real: "#009e73",
  fake: "#cc79a7",
};

interface Curve {
  readonly field: keyof LossRow;
  readonly name: string;
  readonly colour: string;
}

interface Guide {
  readonly y: number;
  readonly text: string;
  readonly colour: string;
  readonly above: boolean;
}

/**
 * Charts the losses in one panel, and the discriminator's scores in a panel below.
 *
 * @throws {RangeError} if there are no rows
 */
export function lossChart(
  rows: readonly LossRow[],
  options: LossChartOptions,
): ChartSpec {
  if (rows.length === 0) {
    throw new RangeError(
      "Drawing a chart of losses: wanted at least one row, found none.",
    );
  }
  const { discriminator, generator } = options.guides;
  const losses = panel("loss (nats)", 260, [
    {
      field: "discriminatorLoss",
      name: "discriminator",
      colour: colours.discriminator,
    },
    { field: "generatorLoss", name: "generator", colour: colours.generator },
  ], [
    guide(
      discriminator,
      "discriminator rests at",
      colours.discriminator,
      discriminator >= generator,
    ),
    guide(
      generator,
      "generator rests at",
      colours.generator,
      generator > discriminator,
    ),
  ]);
  const scores = panel("probability of “real”", 120, [
    { field: "realScore", name: "on real images", colour: colours.real },
    { field: "fakeScore", name: "on generated images", colour: colours.fake },
  ], []);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: {
      text: options.title,
      ...(options.subtitle && { subtitle: options.subtitle }),
    },
    data: { values: rows.map((row) => ({ ...row })) },
    spacing: 16,
    vconcat: [losses, scores],
    resolve: { scale: { color: "independent" } },
  } as ChartSpec;
}

function guide(y: number, text: string, colour: string, above: boolean): Guide {
  return {
    y,
    text: `${text} ${y.toFixed(3).replace(/^0/, "")}`,
    colour,
    above,
  };
}

function panel(
  title: string,
  height: number,
  curves: readonly Curve[],
  guides: readonly Guide[],
) {
  const scale = {
    domain: curves.map(({ name }) => name),
    range: curves.map(({ colour }) => colour),
  };
  return {
    width: WIDTH,
    height,
    layer: [
      ...curves.map(({ field, name }) => ({
        mark: { type: "line", strokeWidth: 1.4 },
        encoding: {
          x: {
            field: "step",
            type: "quantitative",
            title: "step",
            axis: { format: ",d", tickMinStep: 1 },
            scale: { nice: false },
          },
          y: { field, type: "quantitative", title, scale: { zero: false } },
          color: { datum: name, scale, legend: { title: null, orient: "top" } },
        },
      })),
      ...guides.flatMap(guideLayers),
    ],
  };
}

/**
 * Draws a dashed line and its label. If `above` is true, the label is placed just above the level
 * of its line, and otherwise just below. This keeps the labels of two close lines apart.
 */
function guideLayers({ y, text, colour, above }: Guide) {
  const data = { values: [{}] };
  return [
    {
      data,
      mark: { type: "rule", strokeDash: [6, 4], color: colour, opacity: 0.8 },
      encoding: { y: { datum: y } },
    },
    {
      data,
      mark: {
        type: "text",
        align: "left",
        baseline: above ? "bottom" : "top",
        dy: above ? -1 : 1,
        color: colour,
      },
      encoding: {
        y: { datum: y },
        x: { value: WIDTH + 6 },
        text: { value: text },
      },
    },
  ];
}
