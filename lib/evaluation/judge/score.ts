import type { Subject } from "../readers/image_set.ts";

/** One score in an evaluation. */
export interface Score {
  /** Name of the score, such as "digit-FID". */
  readonly name: string;
  /** The measured number. */
  readonly value: number;
  /** Standard deviation or standard error, if there is one. */
  readonly spread?: number;
  /** The score of the same number of real images. */
  readonly floor?: number;
  /** Whether lower or higher values are better; undefined if neither. */
  readonly better?: "lower" | "higher";
}

/** The scores of a target, with everything that they depend on. */
export interface Evaluation {
  readonly target: string;
  /** Identifies the target independently of its location. */
  readonly subject: Subject;
  readonly against: string;
  /** Numbers of images in the target and in the real set. */
  readonly images: readonly [number, number];
  readonly extractor: {
    readonly name: string;
    /** SHA-256 of the extractor's weights; undefined if the features came from files. */
    readonly hash?: string;
    readonly dimension: number;
  };
  /** SHA-256 of the classifier's weights; undefined if no classifier was used. */
  readonly classifier?: string;
  /** Version of the computation of scores. Scores with different versions are not compared. */
  readonly scoring: number;
  /** Seed for all random choices. */
  readonly seed: number;
  readonly scores: readonly Score[];
  /** Fraction of images read as each digit. Present if a classifier was used. */
  readonly histogram?: readonly number[];
  readonly remarks: readonly string[];
}

/** Adds the scores of real images as floors. */
export function withFloors(
  scores: readonly Score[],
  floors: readonly Score[],
): Score[] {
  return scores.map((score) => {
    const floor = floors.find(({ name }) => name === score.name)?.value;
    return floor === undefined ? score : { ...score, floor };
  });
}
