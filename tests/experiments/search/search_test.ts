import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { drawCandidates } from "../../../lib/experiments/search/candidates.ts";
import type { Cell } from "../../../lib/experiments/cells/cells.ts";
import { base } from "../../../lib/experiments/experiment.ts";
import { goals, shortfall } from "../../../lib/experiments/search/goals.ts";
import { metrics } from "../../../lib/experiments/report/metrics.ts";
import {
  budgetOf,
  firstRung,
  nextRung,
  type Standing,
} from "../../../lib/experiments/search/search.ts";
import { readSearch } from "../../../lib/experiments/search/read_search.ts";
import { rungRows } from "../../../lib/experiments/search/search_report.ts";
import type { Evaluation } from "../../../lib/evaluation/judge/score.ts";

const plan = { candidates: drawCandidates(16), steps: 2500, rungs: 5 };

Deno.test("each rung trains the better half of the previous one for twice as many steps", () => {
  let rung = firstRung(plan);
  const seen: [cells: number, steps: number][] = [];
  let total = 0;
  for (let i = 0;; i++) {
    seen.push([rung.cells.length, rung.steps]);
    total += rung.cells.length * rung.steps;
    const next = nextRung(plan, orderByName(rung.cells), i);
    if (!next) break;
    assertEquals(
      next.cells.map(nameOf),
      rung.cells.map(nameOf).sort().slice(0, next.cells.length),
    );
    rung = next;
  }
  assertEquals(seen, [
    [16, 2500],
    [8, 5000],
    [4, 10_000],
    [2, 20_000],
    [1, 40_000],
  ]);
  assertEquals(total, 200_000);
  assertEquals(budgetOf(plan), total);
});

Deno.test("broken candidates are dropped, and a rung with no others ends the search", () => {
  const [first, ...others] = orderByName(firstRung(plan).cells);
  const broken = others.map((standing) => ({
    ...standing,
    shortfall: Infinity,
  }));
  assertEquals(nextRung(plan, [first, ...broken], 0)?.cells.map(nameOf), [
    "candidate-00",
  ]);
  const all = [{ ...first, shortfall: Infinity }, ...broken];
  assertEquals(nextRung(plan, all, 0), undefined);
});

Deno.test("candidates are always the same, differ from each other, and never use the test images", () => {
  assertEquals(drawCandidates(16), plan.candidates);
  assertEquals(drawCandidates(8), plan.candidates.slice(0, 8));
  assertEquals(
    new Set(plan.candidates.map(({ options }) => JSON.stringify(options))).size,
    16,
  );
  assert(plan.candidates.every(({ against }) => against === "validation"));
  const [{ options }] = plan.candidates;
  const { generatorLayers, discriminatorLayers, labels, beta1 } = base.options;
  assertEquals(
    [
      options.generatorLayers,
      options.discriminatorLayers,
      options.labels,
      options.beta1,
    ],
    [generatorLayers, discriminatorLayers, labels, beta1],
  );
});

Deno.test("the shortfall sums the log ratios of missed goals, and exceeded goals don't offset it", () => {
  const met = Object.fromEntries(
    goals.map(({ metric, value }) => [metric, value]),
  );
  assertEquals(shortfall(evaluationsOf(met)), 0);
  assertEquals(shortfall(evaluationsOf({ ...met, digit_fid: 1 })), 0);
  assertAlmostEquals(
    shortfall(evaluationsOf({ ...met, digit_fid: 2 * 18.8, precision: 0.99 })),
    Math.log(2),
  );
  assertAlmostEquals(
    shortfall(evaluationsOf({ ...met, recall: 0.3, class_distance: 0.09 })),
    Math.log(2) + Math.log(3),
  );
  // A share of 0 copies counts like a share of one thousandth.
  assertEquals(shortfall(evaluationsOf({ ...met, near_copies: 0 })), 0);
  // Without the LeNet weights, the LeNet-FID is no goal.
  const { lenet_fid: _, ...others } = met;
  assertAlmostEquals(
    shortfall(evaluationsOf({ ...others, recall: 0.2 })),
    Math.log(3),
  );
});

function evaluationsOf(values: Record<string, number>): Evaluation[] {
  return (["digit", "lenet"] as const).map((name) => ({
    target: "cell",
    subject: { path: "cell" },
    against: "validation",
    images: [10, 10],
    extractor: { name, dimension: 1 },
    scoring: 1,
    seed: 1,
    remarks: [],
    scores: metrics.filter(({ id, extractor }) => extractor === name && id in values)
      .map(({ id, score }) => ({ name: score, value: values[id] })),
  }));
}

function orderByName(cells: readonly Cell[]): Standing[] {
  return cells.toSorted((a, b) => nameOf(a) < nameOf(b) ? -1 : 1)
    .map((cell, shortfall) => ({ cell, shortfall }));
}

function nameOf({ experiment }: Cell): string {
  return experiment.name;
}

Deno.test("a search that has begun is read back rung by rung, and is unranked until it is whole", async () => {
  const root = await Deno.makeTempDir();
  assertEquals(await readSearch(`${root}/absent`), []);
  for (const folder of ["10000-steps/base", "5000-steps/candidate-03"]) {
    await Deno.mkdir(`${root}/${folder}/seed-1`, { recursive: true });
  }
  for (const number of ["00", "01", "02", "03"]) {
    await Deno.mkdir(`${root}/2500-steps/candidate-${number}/seed-1`, { recursive: true });
  }
  const rungs = await readSearch(root);
  assertEquals(
    rungs.map(({ steps, size, cells, standings }) => [steps, size, cells.map(nameOf), standings]),
    [
      [2500, 4, ["candidate-00", "candidate-01", "candidate-02", "candidate-03"], undefined],
      [5000, 2, ["candidate-03"], undefined],
    ],
  );
  assertEquals(rungRows(rungs).map(({ best }) => best), ["not known yet", "not known yet"]);
});
