/**
 * Defines an experiment: a named recipe for training. A grid lists experiments that answer one
 * question. With seeds and a number of steps it becomes cells, the units of training.
 */
import { parseTrainOptions, type TrainOptions } from "../training/gan/options.ts";

/** Options that belong to a cell, not to an experiment. */
type OfCells = "seed" | "steps" | "epochs";

export interface Experiment {
  /** Unique among all experiments, and valid as a folder name. */
  readonly name: string;
  /** The cell sets seed and steps. */
  readonly options: TrainOptions;
  /**
   * The real images for its scores: MNIST's test images or, for choosing among recipes, 10,000
   * training images, so that no choice depends on the test images.
   */
  readonly against: "test" | "validation";
}

/**
 * The original report's results for a row. Its FID uses Keras' Inception and an unstated number of
 * images.
 */
export interface Reported {
  readonly fid: number;
  /** Quality as judged by eye, in the report's words. */
  readonly quality: string;
}

export interface GridRow {
  readonly experiment: Experiment;
  /** Its difference from the base, as a label in tables. */
  readonly label: string;
  readonly reported?: Reported;
}

/** Experiments that answer one question. The base is one of the rows. */
export interface ExperimentGrid {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly base: Experiment;
  readonly rows: readonly GridRow[];
}

/**
 * The report's network and training, which are this project's defaults, with a checkpoint every two
 * epochs.
 */
export const base: Experiment = Object.freeze({
  name: "base",
  options: parseTrainOptions({ checkpointEvery: 938 }),
  against: "test",
});

/**
 * Creates an experiment that differs from the base.
 *
 * @throws {OptionsError} that names each invalid option
 */
export function experiment(
  name: string,
  changes: Partial<Omit<TrainOptions, OfCells>>,
  against: Experiment["against"] = "test",
): Experiment {
  return Object.freeze({
    name,
    options: parseTrainOptions({ ...base.options, ...changes }),
    against,
  });
}
