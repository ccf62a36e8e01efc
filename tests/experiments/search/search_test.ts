/** Tests the plan of a search: its candidates, their costs, the rungs, and the goals. */
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { drawCandidates } from "../../../lib/experiments/search/candidates.ts";
import type { Cell } from "../../../lib/experiments/cells/cells.ts";
import { base } from "../../../lib/experiments/experiment.ts";
import { compareShortfalls, goals, shortfall } from "../../../lib/experiments/search/goals.ts";
import { metrics } from "../../../lib/experiments/report/metrics.ts";
import { firstRung, nextRung, type Standing } from "../../../lib/experiments/search/search.ts";
import { describePlan, expectedSeconds } from "../../../lib/experiments/search/search_report.ts";
import { stepCost, trainingCost } from "../../../lib/experiments/search/step_cost.ts";
import type { Evaluation } from "../../../lib/evaluation/judge/score.ts";

const plan = { candidates: drawCandidates(16), budget: 200_000, rungs: 5 };

Deno.test("each rung trains the better half of the previous one for twice the cost, within the budget", () => {
  let rung = firstRung(plan);
  const seen: [cells: number, cost: number][] = [];
  let total = 0;
  for (let i = 0;; i++) {
    seen.push([rung.cells.length, rung.cost]);
    for (const cell of rung.cells) {
      // Steps are whole, so a cell may miss its cost by half a step of a large network.
      assertAlmostEquals(trainingCost(cell), rung.cost, 5, nameOf(cell));
      total += trainingCost(cell);
    }
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
  assertAlmostEquals(total, plan.budget, 50);
});

Deno.test("a step's cost counts every pass through the networks", () => {
  const tiny = {
    batchSize: 10,
    latentSize: 2,
    generatorLayers: [3],
    discriminatorLayers: [5],
    generatorSteps: 1,
    discriminatorSteps: 1,
  };
  const [first, generator] = [2 * 3, 2 * 3 + 3 * 784];
  const [firstOfD, discriminator] = [784 * 5, 784 * 5 + 5];
  const passes = (dSteps: number, gSteps: number) =>
    dSteps * (2 * (3 * discriminator - firstOfD) + generator) +
    gSteps * (2 * discriminator + 3 * generator - first);
  const work = (dSteps: number, gSteps: number) =>
    10 * passes(dSteps, gSteps) + 250 * (dSteps * 2 * discriminator + gSteps * generator);
  const ratio = (sizes: Partial<typeof tiny>) => stepCost({ ...tiny, ...sizes }) / stepCost(tiny);
  assertAlmostEquals(ratio({ discriminatorSteps: 2 }), work(2, 1) / work(1, 1), 1e-12);
  assertAlmostEquals(ratio({ generatorSteps: 3 }), work(1, 3) / work(1, 1), 1e-12);
});

Deno.test("costs are near the times that were measured on two idle cores", () => {
  // Median milliseconds of 60 steps on native TensorFlow; the base took 21.3.
  const measured: [sizes: Partial<typeof base.options>, ms: number][] = [
    [{ batchSize: 256, latentSize: 32, discriminatorLayers: [1024, 512, 256] }, 46.5],
    [{ batchSize: 256, latentSize: 32, discriminatorLayers: [1024, 768, 512] }, 57.1],
    [{ batchSize: 512, latentSize: 32, discriminatorLayers: [1024, 512, 256] }, 80.3],
    [{ batchSize: 128, latentSize: 32, discriminatorLayers: [1024, 512, 256] }, 30.7],
    [{ batchSize: 256, latentSize: 32, discriminatorLayers: [512, 256, 128] }, 31.3],
    [{
      batchSize: 256,
      latentSize: 16,
      generatorLayers: [512, 1024],
      discriminatorLayers: [1024, 512],
    }, 42.1],
  ];
  for (const [sizes, ms] of measured) {
    const estimate = stepCost({ ...base.options, ...sizes }) * 21.3;
    assert(Math.abs(estimate / ms - 1) < 0.1, `${JSON.stringify(sizes)}: ${estimate}, not ${ms}`);
  }
});

Deno.test("the default search takes between 60 and 75 minutes, and says so before it begins", () => {
  const usual = { candidates: drawCandidates(4), budget: 192_000, rungs: 2 };
  const minutes = expectedSeconds(usual) / 60;
  assert(minutes > 60 && minutes < 75, `${minutes}`);
  const text = describePlan(usual);
  assertStringIncludes(text, "192,000 training steps of the base's cost");
  assertStringIncludes(text, "about 1.2 hours");
  assertStringIncludes(text, "Rung 1: 4 candidates, each for the cost of 24,000 steps");
  assertStringIncludes(text, "Rung 2: the best 2 candidates, each for the cost of 48,000 steps");
  assertStringIncludes(text, "Ranks after few steps can mislead");
});

Deno.test("broken candidates are dropped, and a rung with no others ends the search", () => {
  const [first, ...others] = orderByName(firstRung(plan).cells);
  const broken = others.map(({ cell }) => ({ cell, shortfall: undefined }));
  assertEquals(nextRung(plan, [first, ...broken], 0)?.cells.map(nameOf), [
    "candidate-00",
  ]);
  const all = [{ cell: first.cell, shortfall: undefined }, ...broken];
  assertEquals(nextRung(plan, all, 0), undefined);
});

Deno.test("candidates are always the same, differ from each other, and never use the test images", () => {
  assertEquals(drawCandidates(16), plan.candidates);
  assertEquals(drawCandidates(8), plan.candidates.slice(0, 8));
  const experiments = plan.candidates.map(({ experiment }) => experiment);
  assertEquals(new Set(experiments.map(({ options }) => JSON.stringify(options))).size, 16);
  assert(experiments.every(({ against }) => against === "validation"));
});

Deno.test("the base comes first, then recipes picked by hand, then random ones", () => {
  assertEquals(plan.candidates[0].experiment.options, base.options);
  const origins = plan.candidates.map(({ origin }) => origin);
  assertEquals(origins[0], "the base");
  assertEquals(origins.indexOf("random"), 6);
  assertEquals(origins.slice(6), Array(10).fill("random"));
});

Deno.test("the shortfall sums the log ratios of missed goals, and exceeded goals don't offset it", () => {
  const met = Object.fromEntries(
    goals.map(({ metric, value }) => [metric, value]),
  );
  const missed = (values: Record<string, number>) => shortfall(evaluationsOf(values)).missed;
  assertEquals(missed(met), 0);
  assertEquals(missed({ ...met, digit_fid: 1 }), 0);
  assertAlmostEquals(missed({ ...met, digit_fid: 2 * 18.8, precision: 0.99 }), Math.log(2));
  assertAlmostEquals(
    missed({ ...met, recall: 0.3, class_distance: 0.09 }),
    Math.log(2) + Math.log(3),
  );
  // A share of 0 copies counts like a share of one thousandth.
  assertEquals(missed({ ...met, near_copies: 0 }), 0);
  // Without the LeNet weights, only the other goals count.
  const { lenet_fid: _, ...others } = met;
  assertAlmostEquals(missed({ ...others, recall: 0.2 }), Math.log(3));
});

Deno.test("of two models that reach all goals, the one with smaller distances is better", () => {
  const met = Object.fromEntries(goals.map(({ metric, value }) => [metric, value]));
  const near = shortfall(evaluationsOf({ ...met, digit_fid: 9.4 }));
  const varied = shortfall(evaluationsOf({ ...met, recall: 0.99 }));
  const copying = shortfall(evaluationsOf({ ...met, digit_fid: 5, near_copies: 0.011 }));
  assertEquals(
    [undefined, copying, varied, near].toSorted(compareShortfalls),
    [near, varied, copying, undefined],
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
    .map((cell, missed) => ({ cell, shortfall: { missed, distance: 0 } }));
}

function nameOf({ experiment }: Cell): string {
  return experiment.name;
}
