import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { keepEvaluation } from "../../lib/evaluation/evaluations_file.ts";
import type { Score } from "../../lib/evaluation/score.ts";
import { createRun, type Run, RunError } from "../../lib/runs/run_folder.ts";
import { gatherScores } from "../../lib/runs/seed_scores.ts";
import { parseTrainOptions } from "../../lib/training/options.ts";

Deno.test("scores of several seeds have their mean and deviation", async () => {
  const runs = await makeRuns([{ seed: 1 }, { seed: 2 }, { seed: 3 }]);
  for (const [i, value] of [1, 2, 6].entries()) {
    await keep(runs[i], [{ name: "FID", value, floor: 0.5, better: "lower" }]);
  }
  const { seeds, evaluations: [{ scores: [score] }] } = await gatherScores(
    runs,
  );
  assertEquals(seeds, [1, 2, 3]);
  assertEquals([score.values, score.mean, score.floor], [[1, 2, 6], 3, 0.5]);
  // √((4 + 1 + 9) / 2)
  assertAlmostEquals(score.deviation!, Math.sqrt(7));
});

Deno.test("a score is found by its name, whatever stands before it, and keeps its direction", async () => {
  const runs = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  const fid = (value: number): Score => ({
    name: "FID",
    value,
    better: "lower",
  });
  const recall = (value: number): Score => ({ name: "recall", value });
  await keep(runs[0], [fid(1), recall(.1)]);
  await keep(runs[1], [recall(.3), fid(3)]);
  const { evaluations: [{ scores }] } = await gatherScores(runs);
  assertEquals(
    scores.map(({ name, values, better }) => [name, values, better]),
    [["FID", [1, 3], "lower"], ["recall", [.1, .3], undefined]],
  );
});

Deno.test("evaluations of one kind are gathered, in whatever order runs were evaluated", async () => {
  const runs = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  const fid = (value: number): Score[] => [{ name: "FID", value }];
  await keep(runs[0], fid(1), "test");
  await keep(runs[0], fid(10), "train");
  await keep(runs[1], fid(30), "train");
  await keep(runs[1], fid(3), "test");
  const { evaluations } = await gatherScores(runs);
  assertEquals(
    evaluations.map(({ against, scores: [{ values }] }) => [against, values]),
    [["test", [1, 3]], ["train", [10, 30]]],
  );
});

Deno.test("one run has a mean and no deviation; none evaluated have no scores", async () => {
  const [run] = await makeRuns([{ seed: 1 }]);
  assertEquals(await gatherScores([run]), { seeds: [1], evaluations: [] });
  await keep(run, [{ name: "FID", value: 4 }]);
  const { evaluations: [{ scores }] } = await gatherScores([run]);
  assertEquals(scores, [{ name: "FID", mean: 4, values: [4] }]);
});

Deno.test("runs that differ in more than their seeds, or were not all evaluated, are refused", async () => {
  const other = await makeRuns([{ seed: 1 }, { seed: 2, dropout: 0.1 }]);
  await assertRejects(() => gatherScores(other), RunError, "their seeds only");
  const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  await keep(first, []);
  await assertRejects(
    () => gatherScores([first, second]),
    RunError,
    `deno task evaluate ${second.folder} --extractor digit`,
  );
});

async function makeRuns(
  changes: readonly Record<string, number>[],
): Promise<Run[]> {
  const root = await Deno.makeTempDir();
  return await Array.fromAsync(
    changes,
    (change, i) => createRun(root, `run-${i}`, parseTrainOptions(change)),
  );
}

async function keep(
  run: Run,
  scores: readonly Score[],
  against = "test",
): Promise<void> {
  await keepEvaluation(run.folder, {
    target: run.name,
    against,
    images: [10, 10],
    extractor: { name: "digit", hash: "ab", dimension: 2 },
    seed: 1,
    scores,
    remarks: [],
  });
}
