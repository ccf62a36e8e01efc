import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import committed from "../../data/weights/generator/seed_scores.json" with {
  type: "json",
};
import { keepEvaluation, UNKNOWN_SCORING } from "../../lib/evaluation/judge/evaluations_file.ts";
import type { Evaluation, Score } from "../../lib/evaluation/judge/score.ts";
import {
  ACCURACY_SCORE,
  accuracyScoreName,
} from "../../lib/evaluation/judge/accuracy_score_name.ts";
import { SCORES_VERSION, TRAINING_SET } from "../../lib/evaluation/judge/evaluate_options.ts";
import { createRun, type Run, RunError } from "../../lib/runs/run_folder.ts";
import { gatherScores } from "../../lib/publishing/seed_scores.ts";
import { parseTrainOptions } from "../../lib/training/gan/options.ts";

Deno.test("the scores of several seeds are published with mean and deviation", async () => {
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

Deno.test("scores of different runs are matched by name in any order", async () => {
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

Deno.test("evaluations of the same kind are combined, in whatever order the runs were evaluated", async () => {
  const runs = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  const fid = (value: number): Score[] => [{ name: "FID", value }];
  await keep(runs[0], fid(1), { against: "test" });
  await keep(runs[0], fid(10), { against: "train" });
  await keep(runs[1], fid(30), { against: "train" });
  await keep(runs[1], fid(3), { against: "test" });
  const { evaluations } = await gatherScores(runs);
  assertEquals(
    evaluations.map(({ against, scores: [{ values }] }) => [against, values]),
    [["test", [1, 3]], ["train", [10, 30]]],
  );
});

Deno.test("a single run has no deviation, and runs without evaluations have no scores", async () => {
  const [run] = await makeRuns([{ seed: 1 }]);
  assertEquals(await gatherScores([run]), { seeds: [1], evaluations: [] });
  await keep(run, [{ name: "FID", value: 4 }]);
  const { evaluations: [{ scores }] } = await gatherScores([run]);
  assertEquals(scores, [{ name: "FID", mean: 4, values: [4] }]);
});

Deno.test("runs that differ in more than their seeds, or lack evaluations, are refused", async () => {
  const other = await makeRuns([{ seed: 1 }, { seed: 2, dropout: 0.1 }]);
  await assertRejects(() => gatherScores(other), RunError, "only in their seeds");
  const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  await keep(first, []);
  await assertRejects(
    () => gatherScores([first, second]),
    RunError,
    `deno task evaluate ${second.folder} --extractor digit --samples 10 --seed 1 --against test`,
  );
});

Deno.test("scores of the generator without averaging stay in the run and are not published", async () => {
  const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  await keep(first, [{ name: "FID", value: 44 }]);
  await keep(second, [{ name: "FID", value: 46 }]);
  await keep(second, [{ name: "FID", value: 99 }], {
    subject: { path: "models/generator", hash: "g" },
  });
  const { evaluations } = await gatherScores([first, second]);
  assertEquals(evaluations.length, 1);
  const [{ subject, scoring, seed, scores }] = evaluations;
  assertEquals([subject, scoring, seed], ["models/average", SCORES_VERSION, 1]);
  assertEquals(scores[0].values, [44, 46]);
});

const differences: readonly Partial<Evaluation>[] = [
  { seed: 2 },
  { images: [20, 10] },
  { against: "MNIST's training images" },
  { extractor: { name: "digit", hash: "cd", dimension: 2 } },
  { classifier: "cd" },
];

for (const difference of differences) {
  Deno.test(`evaluations with a different ${Object.keys(difference)} are not combined`, async () => {
    const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
    await keep(first, [{ name: "FID", value: 1 }]);
    await keep(second, [{ name: "FID", value: 2 }], difference);
    await assertRejects(
      () => gatherScores([first, second]),
      RunError,
      "wanted an evaluation of 10 images with seed 1 by digit",
    );
  });
}

Deno.test("runs with different lists of scores are refused, whichever run has fewer", async () => {
  const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  const fid = { name: "FID", value: 1 };
  await keep(first, [fid]);
  await keep(second, [fid, { name: ACCURACY_SCORE, value: 0.9 }]);
  for (const runs of [[first, second], [second, first]]) {
    const { message } = await assertRejects(() => gatherScores(runs), RunError);
    assertStringIncludes(message, `'${first.name}'`);
    assertStringIncludes(message, `without ${ACCURACY_SCORE}`);
    assertMatch(message, /deno task evaluate \S+run-0 .* --accuracy-score 10$/);
  }
});

/**
 * Settings of one run's evaluation, and the command that evaluates a second run in the same way.
 */
const commands: readonly [Partial<Evaluation>, string][] = [
  [{ against: TRAINING_SET }, "digit --samples 10 --seed 1 --against train"],
  [{ seed: 4 }, "digit --samples 10 --seed 4 --against test"],
  [
    { images: [20, 10], extractor: { name: "lenet", hash: "a", dimension: 2 } },
    "lenet --weights FILE --samples 20 --seed 1 --against test",
  ],
  [
    { against: "runs/other (average, seed 12)" },
    "digit --samples 10 --seed 1 --against runs/other",
  ],
  [
    { against: "runs/a (generator, seed 1) b" },
    "digit --samples 10 --seed 1 --against runs/a (generator, seed 1) b",
  ],
  [
    { scores: [{ name: ACCURACY_SCORE, value: .9 }] },
    "digit --samples 10 --seed 1 --against test --accuracy-score 10",
  ],
  [
    { scores: [{ name: accuracyScoreName(3), value: .9 }] },
    "digit --samples 10 --seed 1 --against test --accuracy-score 3",
  ],
];

for (const [evaluated, command] of commands) {
  Deno.test(`missing scores are reported with the command to measure them: ${command}`, async () => {
    const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
    await keep(first, [{ name: "FID", value: 1 }], evaluated);
    const { message } = await assertRejects(
      () => gatherScores([first, second]),
      RunError,
    );
    const wanted = `: deno task evaluate ${second.folder} --extractor ${command}`;
    assertEquals(message.slice(-wanted.length), wanted);
  });
}

Deno.test("a run that is evaluated again keeps its accuracy score", async () => {
  const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  const accuracy = { name: ACCURACY_SCORE, value: .9 };
  await keep(first, [{ name: "FID", value: 1 }, accuracy]);
  await keep(second, [accuracy]);
  const { message } = await assertRejects(
    () => gatherScores([first, second]),
    RunError,
  );
  assertMatch(message, /without FID\..* --accuracy-score 10$/);
});

Deno.test("a run that lacks the accuracy score over ten classifiers is told to train ten, not three", async () => {
  const [first, second] = await makeRuns([{ seed: 1 }, { seed: 2 }]);
  const three = { name: accuracyScoreName(3), value: .9 };
  await keep(first, [three, { name: ACCURACY_SCORE, value: .9 }]);
  await keep(second, [three]);
  const { message } = await assertRejects(
    () => gatherScores([first, second]),
    RunError,
  );
  assertMatch(message, /--accuracy-score 10$/);
});

Deno.test("scores of a version that did not record their subject are refused", async () => {
  const [run] = await makeRuns([{ seed: 1 }]);
  await keep(run, [{ name: "FID", value: 1 }], {
    ...{ scoring: UNKNOWN_SCORING, subject: { path: run.name } },
  });
  await assertRejects(
    () => gatherScores([run]),
    RunError,
    "found scores of a version that did not record how they were measured",
  );
});

Deno.test("scores of an earlier version are refused, but those of other subjects are ignored", async () => {
  const [run] = await makeRuns([{ seed: 1 }]);
  const scoring = SCORES_VERSION - 1;
  const subject = { path: "models/generator" };
  await keep(run, [{ name: "FID", value: 1 }], { scoring, subject });
  assertEquals((await gatherScores([run])).evaluations, []);
  await keep(run, [{ name: "FID", value: 1 }], { scoring });
  await assertRejects(
    () => gatherScores([run]),
    RunError,
    `found version ${scoring}. Evaluate again`,
  );
});

for (const scoring of [SCORES_VERSION - 1, UNKNOWN_SCORING]) {
  Deno.test(`scores of version ${scoring} are refused until the run has current ones`, async () => {
    const [run] = await makeRuns([{ seed: 1 }]);
    await keep(run, [{ name: "FID", value: 1 }], { scoring });
    await assertRejects(
      () => gatherScores([run]),
      RunError,
      `wanted scores of version ${SCORES_VERSION}`,
    );
    await keep(run, [{ name: "FID", value: 2 }]);
    const { evaluations } = await gatherScores([run]);
    assertEquals(evaluations.map(({ scores }) => scores[0].mean), [2]);
  });
}

Deno.test("the committed scores record their subject, like newly published ones", async () => {
  const runs = await makeRuns([{ seed: 1 }]);
  await keep(runs[0], [{ name: "FID", value: 1 }], { classifier: "ab" });
  const { evaluations: [now] } = await gatherScores(runs);
  assert(committed.evaluations.length > 0);
  for (const evaluation of committed.evaluations) {
    assertEquals(Object.keys(evaluation), Object.keys(now));
    assertEquals(
      [evaluation.subject, evaluation.scoring],
      [now.subject, SCORES_VERSION],
    );
  }
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
  changes: Partial<Evaluation> = {},
): Promise<void> {
  await keepEvaluation(run.folder, {
    target: run.name,
    subject: { path: "models/average", hash: run.name },
    scoring: SCORES_VERSION,
    against: "MNIST's test images",
    images: [10, 10],
    extractor: { name: "digit", hash: "ab", dimension: 2 },
    seed: 1,
    scores,
    remarks: [],
    ...changes,
  });
}
