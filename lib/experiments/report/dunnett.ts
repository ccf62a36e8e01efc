/**
 * Implements Dunnett's procedure, which compares several means with the mean of a control, so that
 * all confidence intervals hold simultaneously (Dunnett, "A multiple comparison procedure for
 * comparing several treatments with a control", 1955).
 */
import { quantile } from "simple-statistics";
import { chiSquareStream, normalStream } from "./normal_stream.ts";

export interface DunnettDesign {
  /** Number of values that the control's mean is computed from. */
  readonly control: number;
  /** For each of the other means, the number of values that it is computed from. */
  readonly others: readonly number[];
  /** Degrees of freedom of the pooled standard deviation. */
  readonly freedom: number;
}

export interface DunnettOptions {
  /** Probability that all intervals hold; default 0.95. */
  readonly confidence?: number;
  /**
   * Number of simulated experiments; default 100,000. With the default, the error of the critical
   * value is about 0.01.
   */
  readonly draws?: number;
  /** Seed of the simulation; default 1. */
  readonly seed?: number;
}

/**
 * Finds the two-sided critical value by simulation. This value is a quantile of the largest
 * absolute value among the statistics tᵢ. Here, tᵢ is the difference between mean i and the
 * control's mean, divided by the product of the pooled standard deviation and √(1/nᵢ + 1/n₀).
 *
 * @throws {RangeError} when there is nothing to compare or there are no degrees of freedom
 */
export function dunnettCriticalValue(
  { control, others, freedom }: DunnettDesign,
  { confidence = 0.95, draws = 100_000, seed = 1 }: DunnettOptions = {},
): number {
  if (others.length === 0 || freedom < 1) {
    throw new RangeError(
      `Dunnett's critical value: wanted at least one comparison and one degree of freedom, found ${others.length} and ` +
        `${freedom}.`,
    );
  }
  const normal = normalStream(seed, "dunnett");
  const chiSquare = chiSquareStream(seed, "dunnett's deviation");
  const scales = others.map((count) => Math.sqrt(1 / count + 1 / control));
  const largest = Float64Array.from({ length: draws }, () => {
    const deviation = Math.sqrt(chiSquare(freedom) / freedom);
    const ofControl = normal() / Math.sqrt(control);
    let most = 0;
    others.forEach((count, i) => {
      const difference = normal() / Math.sqrt(count) - ofControl;
      most = Math.max(most, Math.abs(difference) / scales[i]);
    });
    return most / deviation;
  });
  return quantile(largest as unknown as number[], confidence);
}
