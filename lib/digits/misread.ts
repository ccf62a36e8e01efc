/** How often other readers take a digit for another one than the classifier does. */
import type { DigitReader } from "../evaluation/classifier/lenet_reader.ts";
import type { GeneratedDigits } from "./generated_digits.ts";

export interface MisreadCounts {
  /** Images that all readers have read. */
  readonly shown: number;
  /** Where the second classifier reads another digit than the first. */
  readonly bySecond: number;
  /** Where LeNet does; null where it was not there. */
  readonly byLenet: number | null;
  /** Where any of them does. */
  readonly byAny: number;
  /** SHA-256 of LeNet's weights. */
  readonly lenet: string | null;
}

/** Counts them among images that the classifier is sure of. */
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
