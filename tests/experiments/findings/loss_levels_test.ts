import { assertEquals } from "@std/assert";
import { describeLevels, type LossLevel } from "../../../lib/experiments/findings/loss_levels.ts";

const level = (row: string, measured: [number, number], ideal: [number, number]): LossLevel => {
  const [of, at] = [measured, ideal].map(([discriminator, generator]) => ({
    discriminator,
    generator,
  }));
  return { row, seeds: 2, measured: of, ideal: at };
};
const levels = [
  level("random", [0.676, 0.684], [0.688, 0.598]),
  level("none", [0.7, 0.845], [0.693, 0.693]),
  level("fake-only", [0.71, 0.5], [0.682, 0.553]),
];

Deno.test("final losses are said to be above or below their lines, and to follow them or not", () => {
  assertEquals(describeLevels(levels), [
    "Final losses compared with the resting lines: random: discriminator 0.012 below, generator " +
    "0.086 above; none: discriminator 0.007 above, generator 0.152 above; fake-only: " +
    "discriminator 0.028 above, generator 0.053 below.",
    // By hand: ranks 1 2 3 and 2 3 1 give 1 − 6 · (1 + 1 + 4) / 24.
    "Over 3 label policies, the rank correlation of the final losses with the resting lines is " +
    "−0.50 for the discriminator and 1.00 for the generator.",
  ]);
});

Deno.test("two losses have no rank correlation worth a sentence", () => {
  assertEquals(describeLevels(levels.slice(1)).length, 1);
});
