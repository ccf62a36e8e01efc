/** Defines scores, with the data needed to interpret them. */
import type { Subject } from "../readers/image_set.ts";

/** A number of an evaluation. */
export interface Score {
  /** Name of the score, such as "digit-FID". */
  readonly name: string;
  /** The measured number. */
  readonly value: number;
  /** Standard deviation or standard error, if the measure has one. */
  readonly spread?: number;
  /** The score of two real sets of the same size. */
  readonly floor?: number;
  /** The better direction, if there is one. */
  readonly better?: "lower" | "higher";
}

/** Scores, and everything that they depend on. */
export interface Evaluation {
  /** Name of the target, for tables and messages. */
  readonly target: string;
  /** The target, independent of its location; see {@linkcode Subject}. */
  readonly subject: Subject;
  readonly against: string;
  /** Number of images of the target, and of the real set. */
  readonly images: readonly [number, number];
  readonly extractor: {
    readonly name: string;
    /** SHA-256 of the extractor's weights; undefined if features came from files. */
    readonly hash?: string;
    readonly dimension: number;
  };
  /** SHA-256 of the weights of the classifier that read the digits, if one did. */
  readonly classifier?: string;
  /** Version of the computation of scores. Scores of different versions are not compared. */
  readonly scoring: number;
  /** Seed of the generated images, of subsets, and of random metrics. */
  readonly seed: number;
  readonly scores: readonly Score[];
  /** Fraction of images that the classifier reads as each digit, if it was used. */
  readonly histogram?: readonly number[];
  /** Remarks on how to interpret the numbers. */
  readonly remarks: readonly string[];
}

/** Adds the scores of two real sets to the scores of a set, as floors. */
export function withFloors(
  scores: readonly Score[],
  floors: readonly Score[],
): Score[] {
  return scores.map((score) => {
    const floor = floors.find(({ name }) => name === score.name)?.value;
    return floor === undefined ? score : { ...score, floor };
  });
}
