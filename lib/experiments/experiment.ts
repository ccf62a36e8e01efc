/**
 * Defines experiments and grids. An experiment is a named set of training options. A grid is a list
 * of experiments that together answer a question. Each experiment is run several times, with
 * different seeds. A run with a certain seed and number of steps is called a cell.
 */
import { parseTrainOptions, type TrainOptions } from "../training/gan/options.ts";

/**
 * Names of the options that each cell sets for itself instead of taking them from its experiment.
 */
type OfCells = "seed" | "steps" | "epochs";

export interface Experiment {
  /** Name of the experiment. The name must be unique, and it must be a valid folder name. */
  readonly name: string;
  /**
   * Training options. Each cell replaces the seed and the number of steps in these options with its
   * own.
   */
  readonly options: TrainOptions;
  /**
   * The real images that generated images are compared with: "test" means MNIST's test images, and
   * "validation" means 10,000 training images. If options are chosen based on the results of an
   * experiment, then the experiment uses "validation", so that no choice depends on the test
   * images.
   */
  readonly against: "test" | "validation";
}

/**
 * The results that the original report gives for a row. The report's FID was computed with Keras'
 * Inception network. The report does not state the number of images.
 */
export interface Reported {
  readonly fid: number;
  /** The report's description of the image quality, as judged by eye. */
  readonly quality: string;
}

export interface GridRow {
  readonly experiment: Experiment;
  /** The label of the row in tables. The label says how the experiment differs from the base. */
  readonly label: string;
  readonly reported?: Reported;
}

/**
 * A group of experiments that together answer a question. One of the rows is the base experiment,
 * with which the other rows are compared.
 */
export interface ExperimentGrid {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly base: Experiment;
  readonly rows: readonly GridRow[];
}

/**
 * The base experiment. It uses this project's default options, and therefore the networks and
 * training options of the original report. It also saves a checkpoint every two epochs.
 */
export const base: Experiment = Object.freeze({
  name: "base",
  options: parseTrainOptions({ checkpointEvery: 938 }),
  against: "test",
});

/** Returns the options that differ from the options of the base experiment. */
export function changedOptions(options: object): Record<string, unknown> {
  const usual = base.options as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(options).filter(([key, value]) =>
      JSON.stringify(value) !== JSON.stringify(usual[key])
    ),
  );
}

/**
 * Creates an experiment that differs from the base experiment in some options.
 *
 * @throws {OptionsError} when any option is invalid; the message names each invalid option
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
