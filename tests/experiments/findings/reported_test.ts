import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkClaims, summarizeClaims } from "../../../lib/experiments/findings/reported_claims.ts";
import {
  findStandOuts,
  reportedScatter,
} from "../../../lib/experiments/findings/reported_chance.ts";
import type { Difference } from "../../../lib/experiments/report/compare_rows.ts";
import type { GatheredRow } from "../../../lib/experiments/report/gather.ts";

/** The rows of a report, each as [experiment, reported FID, reported quality]. */
const rows = [
  ["base", 48, "good"],
  ["near", 44, "medium"],
  ["equal", 50, "good"],
  ["far", 140, "bad"],
] as const;

const grid = { base: "base", rows: rows.map(([name, fid, quality]) => row(name, fid, quality)) };

Deno.test("each row makes a claim by FID and one by verdict, and an interval may decide them", () => {
  const claims = checkClaims(grid, {
    differences: [
      difference("near", "worse"),
      difference("equal", "indistinguishable"),
      difference("far", "worse"),
    ],
  });
  assertEquals(claims.map(({ row, by, says, found }) => [row, by, says, found]), [
    ["near row", "FID", "better", "contradicted"],
    ["near row", "verdict", "worse", "holds"],
    ["equal row", "FID", "worse", "undecided"],
    ["equal row", "verdict", "equal", "undecided"],
    ["far row", "FID", "worse", "holds"],
    ["far row", "verdict", "worse", "holds"],
  ]);
  assertEquals(
    summarizeClaims(claims),
    "Of 3 claims by FID: 1 holds, 1 contradicted, 1 undecided. " +
      "Of 3 claims by verdict: 2 hold, 1 undecided. Contradicted: near row (better by FID).",
  );
});

Deno.test("a claim stays undecided if its verdict depends on a wild row", () => {
  const apart = { deviation: 0.1, freedom: 9, criticalValue: 3 };
  const claims = checkClaims(grid, {
    differences: [difference("near", "indistinguishable"), difference("far", "worse")],
    apart: { ...apart, differences: [difference("near", "worse"), difference("far", "worse")] },
  });
  const found = (row: string) => claims.filter((claim) => claim.row === row)[0].found;
  assertEquals([found("near row"), found("far row")], ["undecided", "holds"]);
});

Deno.test("a claim that two rows are equal is contradicted by any difference", () => {
  const claims = checkClaims(grid, { differences: [difference("equal", "better")] });
  const [claim] = claims.filter(({ row, by }) => row === "equal row" && by === "verdict");
  assertEquals(claim.found, "contradicted");
});

Deno.test("without a comparison no claim is judged", () => {
  const found = checkClaims(grid, undefined).map(({ found }) => found);
  assertEquals(new Set(found), new Set(["not judged"]));
});

Deno.test("the report's scatter comes from its two results for the base", () => {
  const other = { base: "base", rows: [row("base", 48 * Math.exp(0.2), "good")] };
  for (
    const { deviation, freedom } of [reportedScatter(grid, other), reportedScatter(other, grid)]
  ) {
    assertAlmostEquals(deviation, 0.2 / Math.SQRT2, 1e-12);
    assertEquals(freedom, 1);
  }
});

Deno.test("rows stand out if their ratio to the base exceeds that of two single runs, either way", () => {
  const { t, factor, rows } = findStandOuts([grid], { deviation: 0.02, freedom: 18 });
  // From a table of Student's t, and exp(2.101 · √2 · 0.02).
  assertAlmostEquals(t, 2.101, 5e-4);
  assertAlmostEquals(factor, 1.0612, 1e-4);
  assertEquals(rows, ["near row", "far row"]);
  assertEquals(findStandOuts([grid], { deviation: 0.1, freedom: 18 }).rows, ["far row"]);
});

Deno.test("with one degree of freedom, the limit is six times as wide as with many", () => {
  const limit = (freedom: number) => {
    const { t, factor, rows } = findStandOuts([grid], { deviation: 0.1, freedom });
    return { t: t.toFixed(3), factor: factor.toFixed(2), rows };
  };
  assertEquals(limit(1), { t: "12.706", factor: "6.03", rows: [] });
  assertEquals(limit(1000), { t: "1.962", factor: "1.32", rows: ["far row"] });
});

Deno.test("a grid without a reported base is refused", () => {
  const empty = { base: "base", rows: [row("near", 44, "good")] };
  assertThrows(() => findStandOuts([empty], { deviation: 0.1, freedom: 18 }), RangeError, "'base'");
});

function row(experiment: string, fid: number, quality: string): GatheredRow {
  const reported = { fid, quality };
  return { experiment, label: `${experiment} row`, reported, cells: [], missing: [] };
}

function difference(name: string, verdict: Difference["verdict"]): Difference {
  return { name, ratio: 1, from: 1, to: 1, verdict };
}
