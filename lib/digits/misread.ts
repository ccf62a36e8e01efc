/** Counts how often the other readers disagree with the classifier about a digit. */
import type { DigitReader } from "../evaluation/classifier/lenet_reader.ts";
import type { GeneratedDigits } from "./generated_digits.ts";

export interface MisreadCounts {
  /** The number of images that all readers have read. */
  readonly shown: number;
  /** The number of images that the second classifier reads differently from the first. */
  readonly bySecond: number;
  /**
   * The number of images that LeNet reads differently from the first classifier; null if LeNet was
   * not available.
   */
  readonly byLenet: number | null;
  /**
   * The number of images that at least one of the other readers reads differently from the first
   * classifier.
   */
  readonly byAny: number;
  /** SHA-256 of LeNet's weights. */
  readonly lenet: string | null;
}

/** Counts misread images among those that the classifier is confident about. */
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
