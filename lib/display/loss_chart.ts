/** Charts a GAN's losses during training, with guide lines for the equilibrium. */
import type { ChartSpec } from "./charts.ts";

/** A point of each curve: means over the steps since the previous point. */
export interface LossRow {
  readonly step: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  /** The discriminator's mean probability of “real” for real images. */
  readonly realScore: number;
  /** The discriminator's mean probability of “real” for generated images. */
  readonly fakeScore: number;
}

export interface LossChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** Losses at the equilibrium. */
  readonly guides: {
    readonly discriminator: number;
    readonly generator: number;
  };
}

/**
 * The width of a panel in pixels. In JupyterLab, the labels of the guide lines fit beside a panel
 * of this width.
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
 * Charts the losses, and below them the discriminator's scores.
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

/** `above` keeps two labels apart. */
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
