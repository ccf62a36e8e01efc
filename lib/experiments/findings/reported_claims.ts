/**
 * Checks every claim in the tables of the original report. For each row of a table, the report
 * makes two claims about whether the row is better or worse than the base of the table. One claim
 * follows from comparing the row's FID with the base's FID. The other claim is the author's visual
 * verdict on the images.
 */
import {
  type Difference,
  type RowComparison,
  type SettledVerdict,
  settledVerdict,
} from "../report/compare_rows.ts";
import { eyeRanks } from "../report/conclusions.ts";
import type { GatheredGrid } from "../report/gather.ts";

export interface ReportedClaim {
  /** The row's label. */
  readonly row: string;
  readonly by: "FID" | "verdict";
  /** What the claim says about the row, compared with the base. */
  readonly says: "better" | "worse" | "equal";
  /** The report's results for the row and for the base, such as "44.847 against 48.144". */
  readonly evidence: string;
  /**
   * The measured difference between the digit-FID of the row and that of the base. It is undefined
   * if the row has not been judged.
   */
  readonly difference: Difference | undefined;
  /**
   * The result of the check. A claim is undecided if the confidence interval of the measured ratio
   * contains 1. A claim is also undecided if its result would change when wild rows (rows whose
   * runs scatter far more than those of other rows) are analysed separately. No interval can show
   * that two rows are equal, so a claim that they are equal never holds.
   */
  readonly found: "holds" | "contradicted" | "undecided" | "not judged";
}

/**
 * Returns the claims that the report makes about the rows of a grid, each with the result of the
 * check. The claims are in the order of the rows.
 */
export function checkClaims(
  { rows, base }: Pick<GatheredGrid, "rows" | "base">,
  comparison: Pick<RowComparison, "differences" | "apart"> | undefined,
): ReportedClaim[] {
  const ofBase = rows.find(({ experiment }) => experiment === base)?.reported;
  if (!ofBase) return [];
  return rows.flatMap(({ experiment, label: row, reported }) => {
    if (experiment === base || !reported) return [];
    const difference = comparison?.differences.find(({ name }) => name === experiment);
    const verdict = comparison && settledVerdict(comparison, experiment);
    const claim = (
      by: ReportedClaim["by"],
      ahead: number,
      evidence: string,
    ): ReportedClaim => {
      const says = ahead > 0 ? "better" : ahead < 0 ? "worse" : "equal";
      return { row, by, says, evidence, difference, found: checkOne(says, verdict) };
    };
    return [
      claim("FID", ofBase.fid - reported.fid, `${reported.fid} against ${ofBase.fid}`),
      claim(
        "verdict",
        eyeRanks[reported.quality] - eyeRanks[ofBase.quality],
        `“${reported.quality}” against “${ofBase.quality}”`,
      ),
    ];
  });
}

function checkOne(
  says: ReportedClaim["says"],
  verdict: SettledVerdict | undefined,
): ReportedClaim["found"] {
  if (!verdict) return "not judged";
  if (verdict === "indistinguishable" || verdict === "depends") return "undecided";
  return verdict === says ? "holds" : "contradicted";
}

/** Returns text that counts the results of the checks and lists the contradicted claims. */
export function summarizeClaims(claims: readonly ReportedClaim[]): string {
  const counts = (["FID", "verdict"] as const).map((by) => {
    const own = claims.filter((claim) => claim.by === by);
    const parts = (["holds", "contradicted", "undecided", "not judged"] as const).flatMap(
      (found) => {
        const count = own.filter((claim) => claim.found === found).length;
        const words = found === "holds" && count > 1 ? "hold" : found;
        return count > 0 ? [`${count} ${words}`] : [];
      },
    );
    return `Of ${own.length} claims by ${by}: ${parts.join(", ")}.`;
  });
  const contradicted = claims.filter(({ found }) => found === "contradicted")
    .map(({ row, by, says }) => `${row} (${says} by ${by})`);
  return [
    ...counts,
    ...(contradicted.length > 0 ? [`Contradicted: ${contradicted.join("; ")}.`] : []),
  ].join(" ");
}
