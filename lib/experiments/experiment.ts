/**
 * An experiment: one recipe of training under a name. A grid lists experiments that answer one
 * question; with seeds and a number of steps it becomes cells, which are what is trained.
 */
import { parseTrainOptions, type TrainOptions } from "../training/gan/options.ts";

/** Options that a cell sets and an experiment leaves alone. */
type OfCells = "seed" | "steps" | "epochs";

export interface Experiment {
  /** Unique among all experiments, and fit for a folder. */
  readonly name: string;
  /** Seed and steps are the cell's. */
  readonly options: TrainOptions;
  /**
   * The real images that its scores are measured against: MNIST's test images, or for choices among
   * recipes 10,000 training images, so that no choice has seen the test images.
   */
  readonly against: "test" | "validation";
}

/**
 * What the original report says of a row. Its FID is Keras-Inception's, of an unstated number of
 * images.
 */
export interface Reported {
  readonly fid: number;
  /** Quality by eye, in the report's words. */
  readonly quality: string;
}

export interface GridRow {
  readonly experiment: Experiment;
  /** What differs from the base, in a table's words. */
  readonly label: string;
  readonly reported?: Reported;
}

/** Experiments that answer one question; the base is one of the rows. */
export interface ExperimentGrid {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly base: Experiment;
  readonly rows: readonly GridRow[];
}

/**
 * The report's network and training, which are this project's defaults; a checkpoint every two
 * epochs.
 */
export const base: Experiment = Object.freeze({
  name: "base",
  options: parseTrainOptions({ checkpointEvery: 938 }),
  against: "test",
});

/**
 * An experiment that differs from the base.
 *
 * @throws {OptionsError} that names each wrong option
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
