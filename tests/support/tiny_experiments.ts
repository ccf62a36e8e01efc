/**
 * Defines experiments that take only seconds. The grid has two rows, and each row trains small
 * networks on a thousand MNIST digits.
 */
import { loadMnist, type Mnist } from "../../lib/dataset/mnist.ts";
import { take } from "../../lib/dataset/split.ts";
import { type Cell, listCells } from "../../lib/experiments/cells/cells.ts";
import { experiment, type ExperimentGrid } from "../../lib/experiments/experiment.ts";

const small = {
  generatorLayers: [16, 24],
  discriminatorLayers: [24, 16],
  latentSize: 8,
  // With this batch size, 1,000 images make 20 steps per epoch. A run has several epochs, so its
  // curve has points before the end.
  batchSize: 50,
  checkpointEvery: 7,
};

export const tinyBase = experiment("tiny-base", small);

export const tinyGrid: ExperimentGrid = Object.freeze({
  name: "tiny",
  title: "A tiny grid",
  question: "Does the chain hold?",
  base: tinyBase,
  rows: [
    {
      experiment: tinyBase,
      label: "base",
      reported: { fid: 48, quality: "good" },
    },
    {
      experiment: experiment("tiny-fixed", { ...small, labels: "fixed" }),
      label: "fixed",
    },
  ],
});

export const tinyOptions = Object.freeze({ seeds: 2, steps: 60 });

/**
 * Returns the cells of the grid, which has two rows and two seeds. Each cell trains for 60 steps.
 */
export function tinyCells(): Cell[] {
  return listCells([tinyGrid], tinyOptions);
}

/** Number of images that are generated for the final judgement of a cell. */
export const TINY_SAMPLES = 200;

/** Returns MNIST, reduced to its first 500 training images and its first 300 test images. */
export async function tinyMnist(): Promise<Mnist> {
  const { train, test, source } = await loadMnist();
  const first = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
  return {
    train: take(train, first(500)),
    test: take(test, first(300)),
    source,
  };
}
