/** Counts how often two other readers disagree with the classifier. */
import type { DigitReader } from "../evaluation/classifier/lenet_reader.ts";
import type { GeneratedDigits } from "./generated_digits.ts";

export interface MisreadCounts {
  readonly shown: number;
  /** Images that the second classifier reads differently from the first. */
  readonly bySecond: number;
  /** Images that LeNet reads differently from the first classifier; null without LeNet. */
  readonly byLenet: number | null;
  /** Images that either of the two reads differently from the first classifier. */
  readonly byAny: number;
  /** SHA-256 of LeNet's weights. */
  readonly lenet: string | null;
}

/** Counts the images on which the readers disagree. */
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
