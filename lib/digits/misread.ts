/** Counts how often the second classifier and LeNet disagree with the first classifier. */
import type { DigitReader } from "../evaluation/classifier/lenet_reader.ts";
import type { GeneratedDigits } from "./generated_digits.ts";

export interface MisreadCounts {
  readonly shown: number;
  /** Number of images that the second classifier reads differently from the first classifier. */
  readonly bySecond: number;
  /**
   * Number of images that LeNet reads differently from the first classifier; null if LeNet was not
   * used.
   */
  readonly byLenet: number | null;
  /**
   * Number of images that the second classifier or LeNet (or both) reads differently from the first
   * classifier.
   */
  readonly byAny: number;
  /** SHA-256 of LeNet's weights; null if LeNet was not used. */
  readonly lenet: string | null;
}

/**
 * Counts the images on which the second classifier or LeNet disagrees with the first classifier.
 */
export async function countMisread(
  { images, readings: { first, second } }: GeneratedDigits,
  lenet?: DigitReader,
): Promise<MisreadCounts> {
  const third = await lenet?.read(images);
  const bySecond = first.map(({ answer }, row) => second[row].answer !== answer);
  const byLenet = first.map(({ answer }, row) => third ? third[row].answer !== answer : false);
  return {
    shown: images.count,
    bySecond: count(bySecond),
    byLenet: third ? count(byLenet) : null,
    byAny: count(bySecond.map((wrong, row) => wrong || byLenet[row])),
    lenet: lenet?.hash ?? null,
  };
}

function count(wrong: readonly boolean[]): number {
  return wrong.filter(Boolean).length;
}
