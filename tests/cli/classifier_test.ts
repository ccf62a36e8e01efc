import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { program, runProgram, runUntilStep } from "../support/program.ts";

const classifier = program("classifier");

/** Options for a network so small that a training run takes a few seconds. */
const small = [
  ...["--filters", "4", "--kernels", "5", "--pools", "1"],
  ...["--features", "8", "--batch-size", "32", "--validation-images", "500"],
];

for (
  const [args, says] of [
    [["--dropout", "1"], "dropout"],
    [["--filters", "8,8"], "kernels: wanted one size for each of the 2"],
    [["--epochs", "3", "--steps", "5"], "either --steps or --epochs, found both"],
    [["--latent-size", "5"], "unknown option"],
  ] as const
) {
  Deno.test(`deno task classifier refuses ${args.join(" ")} before it starts`, async () => {
    const runs = `${await Deno.makeTempDir()}/runs`;
    const { code, stderr } = await runProgram(classifier, [
      ...args,
      "--runs",
      runs,
    ]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, says);
    assert(!stderr.includes("    at "), "a refusal is no place for a stack");
    assertEquals(await Deno.stat(runs).then(() => true, () => false), false);
  });
}

Deno.test("an engine that cannot differentiate convolutions is refused with advice", async () => {
  const runs = `${await Deno.makeTempDir()}/runs`;
  const { code, stderr } = await runProgram(classifier, [
    ...["--engine", "wasm", "--runs", runs],
  ]);
  assertEquals(code, 1);
  assertMatch(stderr, /^Error: .*native TensorFlow.*deno task engine/);
});

Deno.test("a run resumed after kill -9 ends with the same bytes as an uninterrupted one", async () => {
  const runs = await Deno.makeTempDir();
  const options = [
    ...small,
    ...["--steps", "90", "--checkpoint-every", "20", "--runs", runs],
  ];
  const whole = await runProgram(classifier, [...options, "--name", "whole"]);
  assertEquals([whole.code, whole.stderr], [0, ""]);
  const lines = whole.stdout.trim().split("\n");
  assertMatch(
    lines[3],
    /^epoch 1\/1 · step 90\/90 · loss \d\.\d{4} · wrong [\d.]+ % · on validation images [\d.]+ % · .* steps\/s/,
  );
  assertMatch(lines[4], /^Done\. It misreads \d+ of 10,000 test images/);
  assertMatch(
    lines[5],
    /^Calibration error [\d.]+ %; with temperature [\d.]+, [\d.]+ %\.$/,
  );
  assertStringIncludes(lines[6], "confusion.png");
  const killed = await runUntilStep(
    classifier,
    50,
    [...options, "--name", "killed"],
    "SIGKILL",
  );
  assertEquals(killed.code, 137);
  const resumed = await runProgram(classifier, [
    ...["--resume", "--name", "killed", "--runs", runs, "--json"],
  ]);
  assertEquals(resumed.code, 0);
  assertStringIncludes(resumed.stdout, '"kind":"start","step":40,"steps":90');
  for (
    const name of [
      "checkpoint.safetensors",
      "losses.csv",
      "models/classifier/weights.bin",
      "accuracy.json",
      "misread.png",
    ]
  ) {
    assertEquals(
      await Deno.readFile(`${runs}/killed/${name}`),
      await Deno.readFile(`${runs}/whole/${name}`),
      name,
    );
  }
});

Deno.test("SIGINT ends the run after the current step, with a checkpoint and the command to resume", async () => {
  const runs = await Deno.makeTempDir();
  const stopped = await runUntilStep(
    classifier,
    5,
    [...small, "--steps", "100000", "--name", "a", "--runs", runs],
    "SIGINT",
  );
  assertEquals(stopped.code, 130);
  const { command } = JSON.parse(stopped.stdout.trim().split("\n").at(-1)!);
  assertEquals(
    command,
    `deno task classifier --resume --name a --runs ${runs}`,
  );
});
