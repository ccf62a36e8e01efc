/**
 * Defines experiments, which are named sets of training options. A grid lists experiments that
 * together answer a question. Each experiment is run once for each of several seeds. A run with a
 * certain seed and number of steps is called a cell.
 */
import { parseTrainOptions, type TrainOptions } from "../training/gan/options.ts";

/** Names of the options that are set by each cell and not by its experiment. */
type OfCells = "seed" | "steps" | "epochs";

export interface Experiment {
  /** Name of the experiment. It must be unique and valid as a folder name. */
  readonly name: string;
  /**
   * Training options. The seed and the number of steps in them are replaced by those of each cell.
   */
  readonly options: TrainOptions;
  /**
   * The real images with which generated images are compared: MNIST's test images or, for
   * validation, 10,000 training images. Experiments that serve to choose options use training
   * images, so that no choice depends on the test images.
   */
  readonly against: "test" | "validation";
}

/**
 * The original report's results for a row. The report's FID uses Keras' Inception. The report does
 * not state the number of images.
 */
export interface Reported {
  readonly fid: number;
  /** The quality of the images in the report's words, as judged by eye. */
  readonly quality: string;
}

export interface GridRow {
  readonly experiment: Experiment;
  /** The row's label in tables. It says how the experiment differs from the base. */
  readonly label: string;
  readonly reported?: Reported;
}

/** A group of experiments that together answer a question. The base is one of the rows. */
export interface ExperimentGrid {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly base: Experiment;
  readonly rows: readonly GridRow[];
}

/**
 * The base experiment. It uses this project's defaults, which are the report's networks and
 * training options, and saves a checkpoint every two epochs.
 */
export const base: Experiment = Object.freeze({
  name: "base",
  options: parseTrainOptions({ checkpointEvery: 938 }),
  against: "test",
});

/**
 * Creates an experiment that differs from the base in some options.
 *
 * @throws {OptionsError} when options are invalid; the message names each invalid option
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
