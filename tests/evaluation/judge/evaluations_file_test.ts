import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
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

/** Evaluations that differ from `evaluation` in one thing that makes the numbers. */
const others: Readonly<Record<string, Evaluation>> = {
  "another generator": {
    ...evaluation,
    subject: { path: "models/generator", hash: "02" },
  },
  "another seed": { ...evaluation, seed: 2 },
  "another number of images": { ...evaluation, images: [50, 200] },
  "another real set": { ...evaluation, against: "train" },
  "another extractor": {
    ...evaluation,
    extractor: { ...evaluation.extractor, name: "lenet" },
  },
  "other weights of the extractor": {
    ...evaluation,
    extractor: { ...evaluation.extractor, hash: "cd" },
  },
  "another classifier": { ...evaluation, classifier: "gh" },
  "another version of the scoring": { ...evaluation, scoring: 3 },
};

for (const [what, other] of Object.entries(others)) {
  Deno.test(`an evaluation with ${what} is kept beside the first`, async () => {
    const folder = await Deno.makeTempDir();
    assertEquals(await readEvaluations(folder), []);
    for (const each of [evaluation, other]) await keepEvaluation(folder, each);
    assertEquals(await readEvaluations(folder), [evaluation, other]);
  });
}

Deno.test("what is asked for later adds: a score that is not measured again stays, others are replaced", async () => {
  const folder = await Deno.makeTempDir();
  const [fid] = evaluation.scores;
  const accuracy = { name: "accuracy", value: 0.9 };
  const kid = { name: "KID", value: 1 };
  await keepEvaluation(folder, { ...evaluation, scores: [accuracy, fid] });
  await keepEvaluation(folder, others["another seed"]);
  const { histogram: _, ...without } = evaluation;
  await keepEvaluation(folder, {
    ...without,
    scores: [{ ...fid, value: 4 }, kid],
    remarks: ["few images", "and another"],
  });
  assertEquals(await readEvaluations(folder), [
    others["another seed"],
    {
      ...evaluation,
      scores: [accuracy, { ...fid, value: 4 }, kid],
      remarks: ["few images", "and another"],
    },
  ]);
});

Deno.test("scores of other weights in the same place are replaced as a whole", async () => {
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

Deno.test("an evaluation of an earlier version stays, and is taken for no other", async () => {
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

Deno.test("the scores that deno task publish writes are named as such", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${folder}/scores.json`,
    JSON.stringify({ seeds: [1], evaluations: [] }, null, 2),
  );
  const { message } = await assertRejects(
    () => readEvaluations(folder),
    EvaluationError,
    "scores of several runs",
  );
  assertStringIncludes(message, "Rename or remove it, then evaluate again");
});

Deno.test("scores may be better when higher, or neither; the file ends with a line's end", async () => {
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

Deno.test("what cannot be read, though it is there, is not taken for nothing", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/scores.json`);
  await assertRejects(() => readEvaluations(folder));
});

Deno.test("a file of another kind is named, and not written over", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/scores.json`;
  for (const text of ["{", "[]", '{"evaluations": [{}]}']) {
    await Deno.writeTextFile(path, text);
    const error = await assertRejects(
      () => keepEvaluation(folder, evaluation),
      EvaluationError,
      path,
    );
    assertEquals(error.cause instanceof Error, true);
    assertEquals(await Deno.readTextFile(path), text);
  }
});
