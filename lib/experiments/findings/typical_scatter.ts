/**
 * Says how much two runs of one recipe typically differ. Wild rows are left out, because they would
 * make the typical difference look larger than it is for all other rows.
 */
import type { RowComparison } from "../report/compare_rows.ts";
import type { ScatterEstimate } from "./reported_chance.ts";

/**
 * Returns an estimate of how much the runs of a row scatter around the row's mean; wild rows are
 * left out.
 */
export function typicalScatter(
  comparison: Pick<RowComparison, "deviation" | "freedom" | "apart">,
): ScatterEstimate {
  const { deviation, freedom } = comparison.apart ?? comparison;
  return { deviation, freedom };
}

/**
 * Describes three numbers: the pooled deviation; the factor by which two runs of a recipe typically
 * differ; and the critical value that determines the width of the confidence intervals.
 */
export function describeDeviation(
  comparison: Pick<RowComparison, "deviation" | "freedom" | "criticalValue" | "apart">,
): string {
  const { deviation, freedom, criticalValue, apart } = comparison;
  const typical = typicalScatter(comparison).deviation;
  const without = apart ? ` Without wild rows it would be **${apart.deviation.toFixed(3)}**.` : "";
  return `The pooled deviation of log digit-FID is **${deviation.toFixed(3)}**, from ${freedom} ` +
    `degrees of freedom.${without} A difference of two runs scatters √2 times as much as a ` +
    `single run. So two runs of the same recipe typically differ by a factor of ` +
    `exp(√2 · ${typical.toFixed(3)}) = **${Math.exp(Math.SQRT2 * typical).toFixed(2)}**. The ` +
    `intervals reach as far as a t of ${criticalValue.toFixed(2)}.`;
}
