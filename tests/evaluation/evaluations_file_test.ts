import { assertEquals, assertRejects } from "@std/assert";
import { EvaluationError } from "../../lib/evaluation/evaluation_error.ts";
import {
  keepEvaluation,
  readEvaluations,
} from "../../lib/evaluation/evaluations_file.ts";
import type { Evaluation } from "../../lib/evaluation/score.ts";

const evaluation: Evaluation = {
  target: "a run",
  against: "test",
  images: [100, 200],
  extractor: { name: "digit", hash: "ab", dimension: 128 },
  seed: 1,
  scores: [{ name: "digit-FID", value: 3, floor: 1, better: "lower" }],
  histogram: [0.5, 0.5],
  remarks: ["few images"],
};

Deno.test("an evaluation takes the place of an earlier one of its kind, and of no other", async () => {
  const folder = await Deno.makeTempDir();
  assertEquals(await readEvaluations(folder), []);
  const others = [
    { ...evaluation, against: "train" },
    { ...evaluation, images: [50, 200] as const },
    { ...evaluation, extractor: { ...evaluation.extractor, hash: "cd" } },
  ];
  for (const each of [evaluation, ...others]) {
    await keepEvaluation(folder, each);
  }
  const again = { ...evaluation, seed: 2, scores: [] };
  await keepEvaluation(folder, again);
  assertEquals(await readEvaluations(folder), [...others, again]);
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
