/** A number that was measured, with what is needed to read it. */
import type { Subject } from "../readers/image_set.ts";

/** One number of an evaluation. */
export interface Score {
  /** What it is, e.g. "digit-FID". */
  readonly name: string;
  /** The number itself. */
  readonly value: number;
  /** Standard deviation or error, where the measure has one. */
  readonly spread?: number;
  /** What two real sets of the same size give. */
  readonly floor?: number;
  /** Which way is better; nothing where neither is. */
  readonly better?: "lower" | "higher";
}

/** Scores, and all that makes their numbers. */
export interface Evaluation {
  /** What was judged, for tables and messages. */
  readonly target: string;
  /** What was judged, wherever it lies; see {@linkcode Subject}. */
  readonly subject: Subject;
  readonly against: string;
  /** Images of the target, and of the real set. */
  readonly images: readonly [number, number];
  readonly extractor: {
    readonly name: string;
    /** SHA-256 of its weights; nothing where features came from files. */
    readonly hash?: string;
    readonly dimension: number;
  };
  /** SHA-256 of the weights of the classifier that read the digits, where one did. */
  readonly classifier?: string;
  /** Version of the way in which scores are computed; numbers of two versions are not compared. */
  readonly scoring: number;
  /** Of the samples drawn, of subsets, and of metrics that draw. */
  readonly seed: number;
  readonly scores: readonly Score[];
  /** Share of images that the classifier reads as each digit, where it has read them. */
  readonly histogram?: readonly number[];
  /** What has to be known of the numbers. */
  readonly remarks: readonly string[];
}

/** The scores of a set with those of two real sets beside them. */
export function withFloors(
  scores: readonly Score[],
  floors: readonly Score[],
): Score[] {
  return scores.map((score) => {
    const floor = floors.find(({ name }) => name === score.name)?.value;
    return floor === undefined ? score : { ...score, floor };
  });
}
