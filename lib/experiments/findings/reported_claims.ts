/**
 * Checks the claims of the original report's tables one by one. Each row makes two claims: its FID
 * and the author's visual verdict each say whether it is better or worse than its table's base.
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
  /** How the row compares with the base, according to the report. */
  readonly says: "better" | "worse" | "equal";
  /** The report's two results, such as "44.847 against 48.144". */
  readonly evidence: string;
  /** The row's digit-FID against the base's; undefined if it has not been judged. */
  readonly difference: Difference | undefined;
  /**
   * The result of the check. An interval that contains both better and worse decides nothing, nor
   * does a verdict that depends on a wild row. No interval can show that two rows are equal.
   */
  readonly found: "holds" | "contradicted" | "undecided" | "not judged";
}

/** Returns the claims of a grid with the report's results, in the order of its rows. */
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

/** Counts the results of the checks in words, and names the claims that are contradicted. */
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
