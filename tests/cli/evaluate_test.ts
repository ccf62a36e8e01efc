import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertStringIncludes,
} from "@std/assert";
import { loadMnist } from "../../lib/dataset/mnist.ts";
import { selectImages } from "../../lib/dataset/select_images.ts";
import type { Evaluation, Score } from "../../lib/evaluation/judge/score.ts";
import { randomStream } from "../../lib/random.ts";
import { program, runProgram } from "../support/program.ts";

const evaluate = program("evaluate");
const generator = "data/weights/generator";

Deno.test("the committed generator gets every score with its floor, and the output folder keeps them", async () => {
  const out = await Deno.makeTempDir();
  const options = ["--samples", "1000", "--seed", "3", "--json"];
  const found = await judge([generator, ...options, "--out", out]);
  assertEquals(found.images, [1000, 10_000]);
  assertEquals([found.extractor.name, found.seed], ["digit", 3]);
  const fid = scoreOf(found, "digit-FID");
  assertGreater(fid.value, 1.5 * fid.floor!);
  // The generated digits are about as clear as real ones, but less varied.
  const precision = scoreOf(found, "precision");
  assertGreater(precision.value, precision.floor! - 0.1);
  const recall = scoreOf(found, "recall");
  assertLess(recall.value, recall.floor! - 0.03);
  const names = found.scores.map(({ name }) => name);
  for (const wanted of ["digit-FID∞", "digit-KID", "coverage"]) {
    assert(names.includes(wanted), `${wanted} in ${names}`);
  }
  assertEquals(found.histogram?.length, 10);
  const kept = JSON.parse(await Deno.readTextFile(`${out}/scores.json`));
  assertEquals(kept.evaluations, [found]);
  for (const picture of ["nearest.png", "distances.png"]) {
    assertGreater((await Deno.stat(`${out}/${picture}`)).size, 1000);
  }
  assertEquals(await judge([generator, ...options]), found, "by its seed");
});

Deno.test("a run keeps both generators' scores, and the accuracy score of an earlier evaluation", async () => {
  const runs = await Deno.makeTempDir();
  const run = `${runs}/a`;
  const { code } = await runProgram(program("train"), [
    ...["--generator-layers", "16", "--discriminator-layers", "16"],
    ...["--steps", "5", "--runs", runs, "--name", "a"],
  ]);
  assertEquals(code, 0);
  const options = ["--samples", "100", "--json"];
  const accurate = await judge([run, ...options, "--accuracy-score", "1"]);
  await judge([run, ...options, "--kind", "generator"]);
  const again = await judge([run, ...options]);
  assertEquals(accurate.scores.length, again.scores.length + 1);
  const { evaluations }: { evaluations: Evaluation[] } = JSON.parse(
    await Deno.readTextFile(`${run}/scores.json`),
  );
  assertEquals(
    evaluations.map(({ subject, scores }) => [
      subject.path,
      scores.length,
    ]),
    [
      ["models/average", accurate.scores.length],
      ["models/generator", again.scores.length],
    ],
  );
  assertEquals(evaluations[0].scores, accurate.scores);
});

Deno.test("real digits from a file score close to the floor, and are found among the training images", async () => {
  const { train } = await loadMnist();
  const folder = await Deno.makeTempDir();
  const path = `${folder}/digits.npy`;
  // The images are chosen at random. Every 60th image would not be a fair sample of the writers.
  const rows = randomStream(9, "digits").permutation(60_000).subarray(0, 1000);
  const { pixels } = selectImages(train.images, rows);
  await Deno.writeFile(path, npy("|u1", "(1000, 28, 28)", pixels));
  const found = await judge([path, "--samples", "1000", "--json"]);
  const fid = scoreOf(found, "digit-FID");
  assertLess(Math.abs(fid.value / fid.floor! - 1), 0.35);
  const rgb = Uint8Array.from(
    { length: 3 * pixels.length },
    (_, i) => pixels[Math.floor(i / 3)],
  );
  await Deno.writeFile(path, npy("|u1", "(1000, 28, 28, 3)", rgb));
  const coloured = await judge([path, "--samples", "1000", "--json"]);
  assertEquals(coloured.scores, found.scores);
  // Training images count as copies of themselves.
  assertEquals(
    scoreOf(found, "suspiciously near to one, pixels (share)").value,
    1,
  );
});

Deno.test("moments in pytorch-fid's format give the distance between the two Gaussians", async () => {
  const folder = await Deno.makeTempDir();
  const [a, b] = [`${folder}/a.npy`, `${folder}/b.npy`];
  const values = Float64Array.from({ length: 40 }, (_, i) => i % 4);
  const moved = values.map((x) => x + 2);
  const file = (values: Float64Array) => npy("<f8", "(40, 1)", new Uint8Array(values.buffer));
  await Deno.writeFile(a, file(values));
  await Deno.writeFile(b, file(moved));
  const { code, stdout } = await runProgram(evaluate, [a, b, "--features"]);
  assertEquals(code, 0);
  const [, fid] = /^FID: {2}([\d.]+)$/m.exec(stdout)!;
  assertAlmostEquals(Number(fid), 4, 1e-9);
});

for (
  const [args, says] of [
    [["/nowhere"], "/nowhere"],
    [[generator, "--extractor", "lenet"], "--weights FILE"],
    [[generator, "other", "--against", "train"], "not both"],
    [[generator, "--samples", "0"], "positive integer"],
    [["data/weights/classifier"], "data/weights/classifier"],
    [["README.md"], "README.md"],
  ] as const
) {
  Deno.test(`deno task evaluate ${args.join(" ")} is refused with a message`, async () => {
    const { code, stdout, stderr } = await runProgram(evaluate, [...args]);
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, says);
    assert(!stderr.includes("    at "), "a refusal is no place for a stack");
  });
}

async function judge(args: readonly string[]): Promise<Evaluation> {
  const { code, stdout, stderr } = await runProgram(evaluate, [...args]);
  assertEquals(code, 0, stderr);
  return JSON.parse(stdout);
}

function scoreOf({ scores }: Evaluation, name: string): Score {
  const found = scores.find((score) => score.name === name);
  assert(found, `${name} in ${scores.map(({ name }) => name)}`);
  return found;
}

function npy(descr: string, shape: string, bytes: Uint8Array): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`
    .padEnd(117) + "\n";
  return new Uint8Array([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0],
    ...new TextEncoder().encode(header),
    ...bytes,
  ]);
}
