/**
 * Defines an experiment: a named recipe for training. A grid lists experiments that answer one
 * question. Each experiment is run with several seeds and a number of steps; one such run is called
 * a cell.
 */
import { parseTrainOptions, type TrainOptions } from "../training/gan/options.ts";

/** Options that belong to a cell, not to an experiment. */
type OfCells = "seed" | "steps" | "epochs";

export interface Experiment {
  /** Name of the experiment, which is unique and valid as a folder name. */
  readonly name: string;
  /** Training options. The seed and the number of steps are set by each cell. */
  readonly options: TrainOptions;
  /**
   * The real images that generated ones are scored against: MNIST's test images or, for choosing
   * among recipes, 10,000 training images. That way no choice depends on the test images.
   */
  readonly against: "test" | "validation";
}

/**
 * The original report's results for a row. Its FID uses Keras' Inception and a number of images
 * that is not stated.
 */
export interface Reported {
  readonly fid: number;
  /** The quality of the images as judged by eye, in the report's words. */
  readonly quality: string;
}

export interface GridRow {
  readonly experiment: Experiment;
  /** Label in tables, which names the difference from the base. */
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
 * The base experiment: the report's network and training, which are this project's defaults, with a
 * checkpoint every two epochs.
 */
export const base: Experiment = Object.freeze({
  name: "base",
  options: parseTrainOptions({ checkpointEvery: 938 }),
  against: "test",
});

/**
 * Creates an experiment that differs from the base.
 *
 * @throws {OptionsError} when options are invalid; the message names each of them
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
