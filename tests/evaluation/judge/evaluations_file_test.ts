import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { accuracyScoreName } from "../../../lib/evaluation/judge/accuracy_score_name.ts";
import {
  keepEvaluation,
  readEvaluations,
  UNKNOWN_SCORING,
} from "../../../lib/evaluation/judge/evaluations_file.ts";
import type { Evaluation } from "../../../lib/evaluation/judge/score.ts";

const evaluation: Evaluation = {
  target: "a run",
  subject: { path: "models/average", hash: "01" },
  classifier: "ef",
  scoring: 2,
  against: "test",
  images: [100, 200],
  extractor: { name: "digit", hash: "ab", dimension: 128 },
  seed: 1,
  scores: [{ name: "digit-FID", value: 3, floor: 1, better: "lower" }],
  histogram: [0.5, 0.5],
  remarks: ["few images"],
};

/**
 * Evaluations that each differ from `evaluation` in one property. Each of these properties affects
 * the scores.
 */
const others: Readonly<Record<string, Evaluation>> = {
  "a different generator": {
    ...evaluation,
    subject: { path: "models/generator", hash: "02" },
  },
  "a different seed": { ...evaluation, seed: 2 },
  "a different number of images": { ...evaluation, images: [50, 200] },
  "a different real set": { ...evaluation, against: "train" },
  "a different extractor": {
    ...evaluation,
    extractor: { ...evaluation.extractor, name: "lenet" },
  },
  "different weights of the extractor": {
    ...evaluation,
    extractor: { ...evaluation.extractor, hash: "cd" },
  },
  "a different classifier": { ...evaluation, classifier: "gh" },
  "a different version of the scoring": { ...evaluation, scoring: 3 },
};

for (const [what, other] of Object.entries(others)) {
  Deno.test(`an evaluation with ${what} is kept together with the first`, async () => {
    const folder = await Deno.makeTempDir();
    assertEquals(await readEvaluations(folder), []);
    for (const each of [evaluation, other]) await keepEvaluation(folder, each);
    assertEquals(await readEvaluations(folder), [evaluation, other]);
  });
}

Deno.test("a later evaluation replaces the scores that it measures again and keeps the others", async () => {
  const folder = await Deno.makeTempDir();
  const [fid] = evaluation.scores;
  const accuracy = { name: "accuracy", value: 0.9 };
  const kid = { name: "KID", value: 1 };
  await keepEvaluation(folder, { ...evaluation, scores: [accuracy, fid] });
  await keepEvaluation(folder, others["a different seed"]);
  const { histogram: _, ...without } = evaluation;
  await keepEvaluation(folder, {
    ...without,
    scores: [{ ...fid, value: 4 }, kid],
    remarks: ["few images", "and another"],
  });
  assertEquals(await readEvaluations(folder), [
    {
      ...evaluation,
      scores: [accuracy, { ...fid, value: 4 }, kid],
      remarks: ["few images", "and another"],
    },
    others["a different seed"],
  ]);
});

Deno.test("new weights at the same path replace all scores", async () => {
  const folder = await Deno.makeTempDir();
  const accuracy = { name: "accuracy", value: 0.9 };
  await keepEvaluation(folder, { ...evaluation, scores: [accuracy] });
  const trained = {
    ...evaluation,
    subject: { ...evaluation.subject, hash: "99" },
  };
  await keepEvaluation(folder, trained);
  assertEquals(await readEvaluations(folder), [trained]);
});

Deno.test("an evaluation of an earlier version is kept and not merged with a new one", async () => {
  const folder = await Deno.makeTempDir();
  const { subject: _, scoring: __, classifier: ___, ...earlier } = evaluation;
  await Deno.writeTextFile(
    `${folder}/scores.json`,
    JSON.stringify({ evaluations: [earlier] }),
  );
  await keepEvaluation(folder, evaluation);
  assertEquals(await readEvaluations(folder), [
    { ...earlier, subject: { path: "a run" }, scoring: UNKNOWN_SCORING },
    evaluation,
  ]);
});

Deno.test("accuracy scores of earlier versions are dropped, and scores with other names are not", async () => {
  const folder = await Deno.makeTempDir();
  const old = ["", " (classifiers: 10)"].map((end) => ({
    name: `classification accuracy score${end}`,
    value: .9,
  }));
  const others = [accuracyScoreName(10), "balanced classification accuracy score"];
  const scores = [...evaluation.scores, ...others.map((name) => ({ name, value: .9 }))];
  await keepEvaluation(folder, { ...evaluation, scores: [...scores, ...old] });
  assertEquals(await readEvaluations(folder), [{ ...evaluation, scores }]);
});

Deno.test("scores that deno task publish wrote are reported as such", async () => {
  const folder = await Deno.makeTempDir();
  const text = JSON.stringify({ seeds: [1], evaluations: [] }, null, 2);
  for (const written of [text, `\n  ${text}`]) {
    await Deno.writeTextFile(`${folder}/scores.json`, written);
    const { message } = await assertRejects(
      () => readEvaluations(folder),
      EvaluationError,
      "scores of several runs",
    );
    assertStringIncludes(message, "Rename or remove it, then evaluate again");
  }
});

Deno.test("a score may be better when higher, or have no direction, and the file ends in a newline", async () => {
  const folder = await Deno.makeTempDir();
  const scores = [
    { name: "recall", value: .5, spread: .1, better: "higher" as const },
    { name: "median", value: 2 },
  ];
  await keepEvaluation(folder, { ...evaluation, scores });
  assertEquals(await readEvaluations(folder), [{ ...evaluation, scores }]);
  const text = await Deno.readTextFile(`${folder}/scores.json`);
  assertEquals(text.endsWith("}\n"), true);
});

Deno.test("a file that exists but cannot be read is not treated as missing", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/scores.json`);
  await assertRejects(() => readEvaluations(folder));
});

Deno.test("a file of a different kind is named and not overwritten", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/scores.json`;
  for (const text of ["{", "[]", '{"evaluations": [{}]}', '{"evaluations": [{"seeds": [1]}]}']) {
    await Deno.writeTextFile(path, text);
    const error = await assertRejects(
      () => keepEvaluation(folder, evaluation),
      EvaluationError,
      path,
    );
    assertStringIncludes(error.message, "found something else (");
    assertEquals(error.cause instanceof Error, true);
    assertEquals(await Deno.readTextFile(path), text);
  }
});
