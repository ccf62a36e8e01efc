/**
 * Defines all grids of experiments. Two of the grids correspond to the two tables of the original
 * report. The other grids answer questions that these tables leave open.
 */
import { OptionsError } from "../system/parse_options.ts";
import type { LabelPolicyName } from "../training/gan/labels.ts";
import { base, experiment, type ExperimentGrid } from "./experiment.ts";
import { table1, table2 } from "./report/report_grids.ts";

const smoothing: ExperimentGrid = {
  name: "smoothing",
  title: "Label smoothing",
  question: "Does label smoothing help, and on which side?",
  base,
  rows: [
    { experiment: base, label: "random (base)" },
    ...(["fixed", "one-sided", "real-only", "fake-only", "none"] as const).map(
      (labels: LabelPolicyName) => ({
        experiment: experiment(`labels-${labels}`, { labels }),
        label: labels,
      }),
    ),
  ],
};

const noise: ExperimentGrid = {
  name: "noise",
  title: "Size of the latent",
  question: "How large a latent does a digit need?",
  base,
  rows: [
    ...[10, 32, 64].map(latent),
    { experiment: base, label: "100 (base)" },
    ...[128, 256].map(latent),
  ],
};

function latent(latentSize: number) {
  return {
    experiment: experiment(`latent-${latentSize}`, { latentSize }),
    label: String(latentSize),
  };
}

const average: ExperimentGrid = {
  name: "average",
  title: "Moving average of the weights",
  question:
    "Does averaging the generator's weights help, and do re-estimated BatchNorm statistics?",
  base,
  rows: [
    { experiment: base, label: "average (base)" },
    {
      experiment: experiment("average-estimated", {
        sampleStatistics: "estimated",
      }),
      label: "average, statistics re-estimated",
    },
    {
      experiment: experiment("no-average", { averageDecay: 0 }),
      label: "no average",
    },
    {
      experiment: experiment("no-average-estimated", {
        averageDecay: 0,
        sampleStatistics: "estimated",
      }),
      label: "no average, statistics re-estimated",
    },
  ],
};

const dropout: ExperimentGrid = {
  name: "dropout",
  title: "Dropout before the discriminator's output",
  question: "How much dropout does the discriminator need?",
  base,
  rows: [
    { experiment: experiment("dropout-0", { dropout: 0 }), label: "0" },
    { experiment: base, label: "0.3 (base)" },
    ...[0.5, 0.7].map((dropout) => ({
      experiment: experiment(`dropout-${dropout}`, { dropout }),
      label: String(dropout),
    })),
  ],
};

const batchSize: ExperimentGrid = {
  name: "batch-size",
  title: "Batch size, at the same number of steps",
  question: "Do larger batches help at the same number of steps?",
  base,
  rows: [
    ...[32, 64].map(batch),
    { experiment: base, label: "128 (base)" },
    ...[256, 512].map(batch),
  ],
};

function batch(batchSize: number) {
  return {
    experiment: experiment(`batch-${batchSize}`, { batchSize }),
    label: String(batchSize),
  };
}

/** All grids, in the order in which they run and appear in reports. */
export const grids: readonly ExperimentGrid[] = Object.freeze([
  table1,
  table2,
  smoothing,
  noise,
  average,
  dropout,
  batchSize,
]);

/**
 * Returns the grid with the given name.
 *
 * @throws {OptionsError} when there is no grid with this name
 */
export function gridNamed(name: string): ExperimentGrid {
  const grid = grids.find((grid) => grid.name === name);
  if (grid) return grid;
  const names = grids.map(({ name }) => name).join(", ");
  throw new OptionsError(
    `There is no grid '${name}'; the grids are ${names}. To search for the best recipe: ` +
      "deno task experiments search.",
  );
}
