/**
 * Charts what share of a GAN's generated points lies on each blob of the training data, and how the
 * shares change during training.
 */
import type { ChartSpec } from "./charts.ts";

/** A training run: the share of points on each blob, measured at regular intervals. */
export interface BlobHistory {
  readonly title: string;
  readonly looks: readonly { readonly step: number; readonly shares: readonly number[] }[];
}

export interface BlobChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** Number of training steps between two measurements. */
  readonly every: number;
}

const ROW_HEIGHT = 11;

/** Charts several training runs, one below the other. */
export function blobChart(
  histories: readonly BlobHistory[],
  { title, subtitle, every }: BlobChartOptions,
): ChartSpec {
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    vconcat: histories.map((history, i) => drawHistory(history, every, i === histories.length - 1)),
    spacing: 8,
    resolve: { scale: { color: "shared" } },
  } as ChartSpec;
}

function drawHistory({ title, looks }: BlobHistory, every: number, isLast: boolean) {
  const blobs = looks[0].shares.length;
  const rows = looks.flatMap(({ step, shares }) =>
    shares.map((share, blob) => `${step},${step + every},${blob},${blob + 1},${share.toFixed(3)}`)
  );
  const domain = [looks[0].step, looks.at(-1)!.step + every];
  return {
    title: { text: title, fontSize: 12, offset: 4 },
    width: 560,
    height: blobs * ROW_HEIGHT,
    view: { stroke: "#999" },
    data: { values: ["from,to,low,high,share", ...rows].join("\n"), format: { type: "csv" } },
    mark: { type: "rect", clip: true },
    encoding: {
      x: {
        field: "from",
        type: "quantitative",
        scale: { domain, nice: false, zero: false },
        axis: { grid: false, labels: isLast, title: isLast ? "step" : null },
      },
      x2: { field: "to" },
      y: {
        field: "low",
        type: "quantitative",
        scale: { domain: [0, blobs], nice: false },
        axis: { grid: false, labels: false, ticks: false, title: "blob" },
      },
      y2: { field: "high" },
      color: {
        field: "share",
        type: "quantitative",
        // The colour depends on the square root of the share, so that a share of one eighth is
        // clearly visible.
        scale: { type: "sqrt", domain: [0, 1], range: ["#ffffff", "#b34700"], interpolate: "rgb" },
        legend: {
          title: ["share of", "the points"],
          values: [0, 0.125, 0.5, 1],
          gradientLength: 70,
        },
      },
    },
  };
}
