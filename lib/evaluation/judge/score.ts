/** Defines scores, with the data needed to interpret them. */
import type { Subject } from "../readers/image_set.ts";

/** One score in an evaluation. */
export interface Score {
  /** Name of the score, such as "digit-FID". */
  readonly name: string;
  /** The measured number. */
  readonly value: number;
  /** Standard deviation or standard error, if the measure has one. */
  readonly spread?: number;
  /** The score that the same number of real images would get. */
  readonly floor?: number;
  /** Whether lower or higher values are better, if either is. */
  readonly better?: "lower" | "higher";
}

/** Scores, and everything that they depend on. */
export interface Evaluation {
  /** Name of the target, for tables and messages. */
  readonly target: string;
  /** Identifies the target, independently of its location; see {@linkcode Subject}. */
  readonly subject: Subject;
  readonly against: string;
  /** Numbers of images in the target and in the real set. */
  readonly images: readonly [number, number];
  readonly extractor: {
    readonly name: string;
    /** SHA-256 of the extractor's weights; undefined if features came from files. */
    readonly hash?: string;
    readonly dimension: number;
  };
  /** SHA-256 of the weights of the classifier that read the digits, if one did. */
  readonly classifier?: string;
  /**
   * Version of the way in which scores are computed. Scores of different versions are not compared.
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

/** Adds the scores of real images to the scores of a set, as floors. */
export function withFloors(
  scores: readonly Score[],
  floors: readonly Score[],
): Score[] {
  return scores.map((score) => {
    const floor = floors.find(({ name }) => name === score.name)?.value;
    return floor === undefined ? score : { ...score, floor };
  });
}
