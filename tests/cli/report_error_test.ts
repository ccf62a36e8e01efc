/**
 * Runs real commands on a full disk and with broken files. Each command must print one sentence
 * that contains the path and a remedy, and it must print no stack trace.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { describeSystemError } from "../../lib/system/describe_system_error.ts";
import { decodeSafetensors, encodeSafetensors } from "../../lib/models/safetensors.ts";
import { type Finished, program, runProgram } from "../support/program.ts";
import { requiring } from "../support/skip.ts";

const small = [
  ...["--generator-layers", "16", "--discriminator-layers", "16"],
  ...["--latent-size", "8", "--batch-size", "32"],
  ...["--steps", "20", "--checkpoint-every", "5"],
];

const mayMount = await Deno.makeTempDir().then(async (folder) => {
  if (!await mount(folder)) return false;
  await unmount(folder);
  return true;
});

Deno.test(requiring(
  mayMount ||
    "it mounts a file system of 4 MB, which only root on Linux may do",
  "a full disk ends a run with one sentence, and the run resumes once there is space",
  async () => {
    const disk = await Deno.makeTempDir();
    assert(await mount(disk));
    try {
      const train = (...args: string[]) =>
        runProgram(program("train"), ["--runs", `${disk}/runs`, ...args]);
      const filler = `${disk}/filler`;
      await Deno.writeFile(filler, new Uint8Array(3_700_000));
      const full = await train("--name", "a", ...small);
      assertSentence(full, `${disk}/runs/a/`, "the disk is full", "Free some");
      await Deno.remove(filler);
      assertEquals((await train("--resume", "--name", "a")).code, 0);
      await fill(filler);
      const start = await train("--name", "b", ...small);
      assertSentence(start, `${disk}/runs/b/`, "the disk is full", "Free some");
      await Deno.remove(filler);
      // The run that could not be started has left nothing behind, so its name is free again.
      assertEquals((await train("--name", "b", ...small)).code, 0);
    } finally {
      await unmount(disk);
    }
  },
));

Deno.test("a broken checkpoint is reported with a remedy", async (t) => {
  const runs = await Deno.makeTempDir();
  const train = (...args: string[]) =>
    runProgram(program("train"), ["--runs", runs, "--name", "a", ...args]);
  assertEquals((await train(...small)).code, 0);
  const path = `${runs}/a/checkpoint.safetensors`;
  const whole = await Deno.readFile(path);
  const { tensors, metadata } = decodeSafetensors(whole, path);
  const [first] = tensors.keys();
  const encode = (...changes: Parameters<typeof Array.prototype.concat>) =>
    encodeSafetensors({
      tensors: new Map([...tensors, ...changes]),
      metadata,
    });
  const vector = { shape: [2], values: Float32Array.of(1, 2) };
  const damaged: Readonly<Record<string, Uint8Array>> = {
    truncated: whole.subarray(0, whole.length / 2),
    empty: new Uint8Array(),
    garbage: whole.map((_, i) => i * 37 % 251),
    "with weights of a different shape": encode([first, vector]),
    "with an optimizer's state of a different shape": encode(
      ["generator_adam/beta1_power", vector],
    ),
    "without a position": encodeSafetensors({ tensors, metadata: {} }),
    "with an invalid position": encodeSafetensors({
      tensors,
      metadata: { position: "{}" },
    }),
  };
  // A finished run no longer needs its checkpoint, so the run must look unfinished.
  await Deno.remove(`${runs}/a/summary.json`);
  for (const [what, bytes] of Object.entries(damaged)) {
    await t.step(what, async () => {
      await Deno.writeFile(path, bytes);
      assertSentence(await train("--resume"), path, "remove it; --resume");
    });
  }
  await t.step("without the checkpoint the run starts over", async () => {
    await Deno.remove(path);
    assertEquals((await train("--resume")).code, 0);
    assertEquals(await Deno.readFile(path), whole);
  });
  await t.step("broken options, models and summaries are reported with a remedy", async () => {
    const broken = async (name: string, program: () => Promise<Finished>) => {
      const file = `${runs}/a/${name}`;
      const before = await Deno.readFile(file);
      await Deno.writeTextFile(file, "{");
      assertSentence(await program(), `${runs}/a`);
      await Deno.writeFile(file, before);
    };
    await broken("config.json", () => train("--resume"));
    await broken("engine.json", () => train("--resume"));
    await broken("summary.json", () => train("--resume"));
    await broken(
      "models/average/weights.bin",
      () => runProgram(program("sample"), ["--run", `${runs}/a`]),
    );
  });
});

Deno.test("a broken notebook is reported in one sentence, and the others are still checked", async () => {
  const folder = await Deno.makeTempDir();
  const texts = {
    "01-cut.ipynb": '{"cells": [',
    "02-other.ipynb": '{"nbformat": 4, "cells": [{"cell_type": "code"}]}',
  };
  for (const [name, text] of Object.entries(texts)) {
    await Deno.writeTextFile(join(folder, name), text);
  }
  for (const option of ["--types", "--format", "--check"]) {
    const { code, stdout, stderr } = await runProgram(program("notebooks"), [
      ...[option, "--folder", folder],
    ]);
    assertEquals([code, stderr], [1, ""]);
    for (const name of Object.keys(texts)) {
      const line = stdout.split("\n").find((line) => line.includes(name));
      assertStringIncludes(line!, `Reading ${folder}/${name}: wanted`);
      assertStringIncludes(line!, "git checkout --");
    }
    assertStringIncludes(stdout, "0 passed, 2 failed");
    assert(!stdout.includes("    at "), stdout);
  }
});

Deno.test("other system errors are reported with the path and a remedy", async () => {
  const file = await Deno.makeTempFile();
  const cases: readonly (readonly [string, string[], string])[] = [
    ["train", ["--runs", `${file}/runs`], "a file, not a folder"],
    ["sample", ["--out", `${file}/a.png`], "a file, not a folder"],
    ["sample", ["--out", `${file}-missing/a.png`], "no such file or folder"],
    ["notebooks", ["--folder", file], "a file, not a folder"],
  ];
  for (const [name, args, says] of cases) {
    assertSentence(await runProgram(program(name), args), file, says);
  }
});

Deno.test("reportError treats errors from Node as system errors, and all others as faults", () => {
  const error = Object.assign(new Error("EACCES: permission denied"), {
    code: "EACCES",
    path: "/a/b",
  });
  assertStringIncludes(describeSystemError(error)!, "/a/b: permission");
  const unknown = Object.assign(new Error("Odd (os error 999): open '/c'"), {
    code: "EODD",
  });
  assertEquals(
    describeSystemError(unknown),
    "Opening /c: the system refused (EODD: Odd (os error 999)). Look up this error.",
  );
  for (
    const fault of [
      new TypeError("x is undefined"),
      Object.assign(new Error(), { code: "ERR_INVALID_ARG_TYPE" }),
      new DOMException("aborted", "AbortError"),
      "a string",
    ]
  ) {
    assertEquals(describeSystemError(fault), undefined);
  }
});

/**
 * Fails unless the command failed and the last line of its output is the only error. The line must
 * contain each of the given words.
 */
function assertSentence(
  { code, stderr }: Finished,
  ...says: readonly string[]
): void {
  assertEquals(code, 1, stderr);
  const errors = stderr.trim().split("\n").filter((line) => line.startsWith("Error: "));
  assertEquals(errors.length, 1, stderr);
  assertEquals(stderr.trim().split("\n").at(-1), errors[0], stderr);
  assert(!stderr.includes("    at "), `a stack: ${stderr}`);
  for (const words of says) assertStringIncludes(errors[0], words);
}

async function fill(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  try {
    while (true) await file.write(new Uint8Array(4096));
  } catch {
    // The disk is full.
  }
}

async function mount(folder: string): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  return await succeeds("mount", "-t", "tmpfs", "-o", "size=4m", "t", folder);
}

async function unmount(folder: string): Promise<void> {
  assert(await succeeds("umount", folder));
}

async function succeeds(command: string, ...args: string[]): Promise<boolean> {
  const { success } = await new Deno.Command(command, {
    args,
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}
