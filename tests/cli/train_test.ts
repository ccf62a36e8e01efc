import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { withEnvironment } from "../support/environment.ts";
import { program, runProgram, runUntilStep } from "../support/program.ts";

const train = program("train");

/** Options for networks so small that a training run takes a few seconds. */
const small = [
  "--generator-layers",
  "16",
  "--discriminator-layers",
  "16",
  "--latent-size",
  "8",
  "--batch-size",
  "32",
];

const refusals: readonly {
  readonly what: string;
  readonly args: string[];
  readonly says: string[];
}[] = [
  {
    what: "an unknown option",
    args: ["--epoch", "3"],
    says: ["--epoch", "Did you mean --epochs?", "deno task train --help"],
  },
  {
    what: "an unknown policy",
    args: ["--labels", "soft"],
    says: ["soft", "random, fixed, one-sided, real-only, fake-only, none"],
  },
  {
    what: "an unknown engine",
    args: ["--engine", "gpu"],
    says: ["gpu", "native, wasm, cpu, auto"],
  },
  {
    what: "text in place of a number",
    args: ["--epochs", "three"],
    says: ["epochs", "expected number", '"three"'],
  },
  {
    what: "a number out of range",
    args: ["--dropout", "1.5"],
    says: ["dropout", "<1", "1.5"],
  },
  {
    what: "a list with a zero",
    args: ["--generator-layers", "128,0"],
    says: ["generatorLayers.1", ">=1", "found 0"],
  },
  {
    what: "epochs together with steps",
    args: ["--epochs", "2", "--steps", "9"],
    says: ["--steps or --epochs", "found both"],
  },
  {
    what: "a name that is not a folder name",
    args: ["--name", "../x"],
    says: ["name", "../x"],
  },
  {
    what: "an unexpected argument",
    args: ["fast"],
    says: ["too many arguments"],
  },
  {
    what: "to resume a run that does not exist",
    args: ["--resume", "--name", "missing"],
    says: ["missing", "no runs"],
  },
];

for (const { what, args, says } of refusals) {
  Deno.test(`deno task train refuses ${what} before it starts`, async () => {
    const runs = `${await Deno.makeTempDir()}/runs`;
    const { code, stdout, stderr } = await runProgram(train, [
      ...args,
      "--runs",
      runs,
    ]);
    assertEquals([code, stdout], [1, ""]);
    for (const words of says) assertStringIncludes(stderr, words);
    assert(!stderr.includes("    at "), "a refusal is no place for a stack");
    assertEquals(await Deno.stat(runs).then(() => true, () => false), false);
  });
}

Deno.test("deno task train --help lists every option with its default", async () => {
  const { code, stdout } = await runProgram(train, ["--help"]);
  assertEquals(code, 0);
  for (
    const words of [
      "--epochs",
      "(default: 30)",
      "--labels",
      "(default: random)",
      "--resume",
      "--engine",
      "--data",
    ]
  ) {
    assertStringIncludes(stdout, words);
  }
});

Deno.test("without a terminal a run prints its engine, one line per epoch and the paths of its files", async () => {
  const runs = await Deno.makeTempDir();
  const { code, stdout, stderr } = await runProgram(train, [
    ...small,
    "--steps",
    "5",
    "--name",
    "a",
    "--runs",
    runs,
  ]);
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.trim().split("\n");
  assertMatch(lines[0], /^Engine: native, because .*TensorFlow/);
  assertMatch(
    lines[3],
    /^epoch 1\/1 · step 5\/5 · D \d\.\d{3} G \d\.\d{3} · real 0\.\d\d generated 0\.\d\d · .* steps\/s · 0s left$/,
  );
  assertMatch(lines[4], /^Done\. .*samples\.webp/);
  const again = await runProgram(train, [
    ...small,
    "--steps",
    "5",
    "--name",
    "a",
    "--runs",
    runs,
  ]);
  assertStringIncludes(
    again.stderr,
    "Resume it with --resume, or choose another --name",
  );
  const other = await runProgram(train, [
    "--resume",
    "--runs",
    runs,
    "--labels",
    "fixed",
  ]);
  assertStringIncludes(
    other.stderr,
    'Different: labels was "random", now "fixed"',
  );
});

Deno.test("with --json deno task train prints one object per line", async () => {
  const runs = await Deno.makeTempDir();
  const { code, stdout } = await runProgram(train, [
    ...small,
    "--steps",
    "3",
    "--json",
    "--runs",
    runs,
  ]);
  assertEquals(code, 0);
  const kinds = stdout.trim().split("\n").map((line) => JSON.parse(line).kind);
  assertEquals(kinds, [
    "engine",
    "data",
    "run",
    "start",
    "step",
    "step",
    "step",
    "epoch",
    "end",
    "done",
  ]);
});

Deno.test("deno task train names a broken file of the data set and leaves no run", async () => {
  const [data, runs] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  await Deno.writeFile(
    `${data}/train-images-idx3-ubyte`,
    Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 9),
  );
  const { code, stderr } = await runProgram(train, [
    ...small,
    "--data",
    data,
    "--runs",
    runs,
  ]);
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /^Error: .*train-images-idx3-ubyte: wanted a header of 16 bytes/,
  );
  assertEquals([...Deno.readDirSync(runs)], []);
});

Deno.test("a run resumed after kill -9 ends with the same weights as an uninterrupted one", async () => {
  const runs = await Deno.makeTempDir();
  const options = [
    ...small,
    "--steps",
    "150",
    "--checkpoint-every",
    "20",
    "--runs",
    runs,
  ];
  const whole = await runProgram(train, [...options, "--name", "whole"]);
  assertEquals(whole.code, 0);
  const killed = await runUntilStep(
    train,
    50,
    [...options, "--name", "killed"],
    "SIGKILL",
  );
  assertEquals(killed.code, 137);
  const resumed = await runProgram(train, [
    "--resume",
    "--name",
    "killed",
    "--runs",
    runs,
    "--json",
  ]);
  assertEquals(resumed.code, 0);
  assertEquals(JSON.parse(resumed.stdout.split("\n")[3]), {
    kind: "start",
    step: 40,
    steps: 150,
    epochs: 1,
  });
  for (
    const name of [
      "checkpoint.safetensors",
      "losses.csv",
      "models/average/weights.bin",
      "samples.webp",
    ]
  ) {
    assertEquals(
      await Deno.readFile(`${runs}/killed/${name}`),
      await Deno.readFile(`${runs}/whole/${name}`),
      name,
    );
  }
});

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`${signal} ends the run after the current step, with a checkpoint and the command to resume`, async () => {
    const runs = await Deno.makeTempDir();
    const options = [
      ...small,
      "--steps",
      "100000",
      "--name",
      "a",
      "--runs",
      runs,
    ];
    const stopped = await runUntilStep(train, 5, options, signal);
    assertEquals(stopped.code, code);
    const { command } = JSON.parse(stopped.stdout.trim().split("\n").at(-1)!);
    assertEquals(command, `deno task train --resume --name a --runs ${runs}`);
    const { step } = JSON.parse(stopped.stdout.trim().split("\n").at(-2)!);
    // Step 100 writes the next file, so the run stopped because of the signal.
    assert(step < 100, `stopped only after step ${step}`);
    const resumed = await runUntilStep(
      train,
      step + 2,
      ["--resume", "--runs", runs],
      "SIGTERM",
    );
    assertStringIncludes(resumed.stdout, `"kind":"start","step":${step},`);
  });
}

Deno.test("a run is resumed only with the same threads, and the refusal prints the right command", async () => {
  const threads = (within: string) => ({
    TF_NUM_INTRAOP_THREADS: within,
    TF_NUM_INTEROP_THREADS: "2",
  });
  const runs = await Deno.makeTempDir();
  const place = ["--runs", runs, "--name", "a"];
  const [whole, stopped] = [[...small, "--steps", "60"], [
    ...small,
    ...["--steps", "60", ...place],
  ]];
  await withEnvironment(
    threads("1"),
    () =>
      Promise.all([
        runProgram(train, [...whole, "--runs", runs, "--name", "whole"]),
        runUntilStep(train, 5, stopped, "SIGINT"),
      ]),
  );
  const { code, stderr } = await withEnvironment(
    threads("2"),
    () => runProgram(train, ["--resume", ...place]),
  );
  assertEquals(code, 1);
  assertStringIncludes(stderr, "rounded differently");
  const [, command] = /To resume: (.*)$/m.exec(stderr)!;
  const { success } = await new Deno.Command("sh", {
    args: ["-c", command],
    cwd: new URL("../..", import.meta.url),
    env: threads("2"),
    stdout: "null",
    stderr: "null",
  }).output();
  assertEquals(success, true);
  const weights = (name: string) => Deno.readFile(`${runs}/${name}/checkpoint.safetensors`);
  assertEquals(await weights("a"), await weights("whole"));
});
