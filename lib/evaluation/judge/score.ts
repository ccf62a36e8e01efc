/** Defines scores and the data needed to interpret them. */
import type { Subject } from "../readers/image_set.ts";

/** One score in an evaluation. */
export interface Score {
  /** Name of the score, such as "digit-FID". */
  readonly name: string;
  /** The measured number. */
  readonly value: number;
  /** Standard deviation or standard error of the score, if there is one. */
  readonly spread?: number;
  /** The score that the same number of real images would get. */
  readonly floor?: number;
  /** Whether lower or higher values are better. Undefined if neither is. */
  readonly better?: "lower" | "higher";
}

/** The scores of a target, with everything that they depend on. */
export interface Evaluation {
  /** Name of the target, for tables and messages. */
  readonly target: string;
  /** Identifies the target independently of where it is stored; see {@linkcode Subject}. */
  readonly subject: Subject;
  readonly against: string;
  /** Number of images in the target, and number of images in the real set. */
  readonly images: readonly [number, number];
  readonly extractor: {
    readonly name: string;
    /** SHA-256 of the extractor's weights; undefined if the features came from files. */
    readonly hash?: string;
    readonly dimension: number;
  };
  /** SHA-256 of the classifier's weights; undefined if no classifier was used. */
  readonly classifier?: string;
  /**
   * Version number of the computation of scores. Scores with different versions are not compared.
   */
  readonly scoring: number;
  /** Seed for generating images, for choosing subsets, and for metrics that use randomness. */
  readonly seed: number;
  readonly scores: readonly Score[];
  /**
   * For each digit, the fraction of images that the classifier reads as that digit. Present if a
   * classifier was used.
   */
  readonly histogram?: readonly number[];
  /** Remarks on how to interpret the numbers. */
  readonly remarks: readonly string[];
}

/** Adds floors to the scores of a set. The floors are the scores of real images. */
export function withFloors(
  scores: readonly Score[],
  floors: readonly Score[],
): Score[] {
  return scores.map((score) => {
    const floor = floors.find(({ name }) => name === score.name)?.value;
    return floor === undefined ? score : { ...score, floor };
  });
}
