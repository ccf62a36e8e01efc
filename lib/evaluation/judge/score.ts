import type { Subject } from "../readers/image_set.ts";

/** One score in an evaluation. */
export interface Score {
  /** Name of the score, such as "digit-FID". */
  readonly name: string;
  /** The measured number. */
  readonly value: number;
  /** Standard deviation or standard error of the value; undefined if neither was computed. */
  readonly spread?: number;
  /** The value of this score for the same number of real images, for comparison. */
  readonly floor?: number;
  /** Whether a lower or a higher value is better; undefined if neither is better. */
  readonly better?: "lower" | "higher";
}

/** The scores of a target, together with everything that the scores depend on. */
export interface Evaluation {
  readonly target: string;
  /**
   * Path and hash that identify the target. For a run, the path is relative to the run's folder, so
   * moving the folder changes neither the path nor the hash.
   */
  readonly subject: Subject;
  readonly against: string;
  /** Number of images in the target, followed by the number of images in the real set. */
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
   * Version number of the code that computed the scores. Scores from different versions of the code
   * are not compared.
   */
  readonly scoring: number;
  /** Seed for all random choices. */
  readonly seed: number;
  readonly scores: readonly Score[];
  /**
   * For each digit, the fraction of images that the classifier read as this digit; undefined if no
   * classifier was used.
   */
  readonly histogram?: readonly number[];
  readonly remarks: readonly string[];
}

/**
 * Returns the scores with their floors. The floor of a score is the value under the same name in
 * `floors`.
 */
export function withFloors(
  scores: readonly Score[],
  floors: readonly Score[],
): Score[] {
  return scores.map((score) => {
    const floor = floors.find(({ name }) => name === score.name)?.value;
    return floor === undefined ? score : { ...score, floor };
  });
}
