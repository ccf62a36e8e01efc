/** Names the goals of a report that were missed. */
import type { BenchReport, Ratio } from "./bench_report.ts";
import { limitOf } from "./measure_limits.ts";

/**
 * Returns a phrase for each missed goal of a report.
 *
 * @param nameRatio returns what a ratio compares, for example "the GAN against JAX"
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const ratio = { contender: "a", against: "b", best: "b", smallest: 1, largest: 2, atMost: 1 };
 * const ratios = [{ ...ratio, ratio: 1.004 }, { ...ratio, ratio: 0.9 }];
 * assertEquals(
 *   describeMisses({ ratios, measures: {} }, ({ contender, best }) => `${contender} : ${best}`),
 *   ["a : b (1.004 for a goal of 1)"],
 * );
 * ```
 */
export function describeMisses(
  { ratios, measures }: Pick<BenchReport, "ratios" | "measures">,
  nameRatio: (ratio: Ratio) => string,
): string[] {
  return [
    ...ratios.flatMap((each) => describe(nameRatio(each), each.ratio, each.atMost)),
    ...Object.entries(measures).flatMap(([name, value]) => describe(name, value, limitOf(name))),
  ];
}

function describe(name: string, value: number, atMost = Infinity): string[] {
  if (value <= atMost) return [];
  const least = value >= 100 ? 0 : 2;
  return [`${name} (${distinguish(value, atMost, least)} for a goal of ${atMost})`];
}

/** Formats a value with so many digits that it differs from a limit below it. */
function distinguish(value: number, limit: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) > limit || digits === MOST_DIGITS
    ? text
    : distinguish(value, limit, digits + 1);
}

const MOST_DIGITS = 6;
