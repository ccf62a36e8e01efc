import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { gridNamed } from "../../lib/experiments/grids.ts";
import type { Summary } from "../../lib/runs/summary.ts";
import { program, runProgram } from "../support/program.ts";
import { listFiles } from "../support/run_folders.ts";

const experiments = program("experiments");

const STEPS = 40;

Deno.test("the commands stop, resume, divide, repair and report a grid", async (test) => {
  const root = await Deno.makeTempDir();
  const cells = `--grid dropout --seeds 1 --steps ${STEPS} --root ${root}`.split(" ");
  const work = [...cells, "--samples", "100"];
  const names = gridNamed("dropout").rows.map(({ experiment }) => experiment.name);
  const folderOf = (name: string) => `${root}/${STEPS}-steps/${name}/seed-1`;
  const status = async () => (await succeed("status", ...cells)).split("\n")[0];

  await test.step("list names the grid and its experiments", async () => {
    const list = await succeed("list");
    for (const name of ["dropout", ...names]) assertStringIncludes(list, name);
  });

  let shards: string[][] = [];
  await test.step("a dry run names the cells of a shard and writes nothing", async () => {
    shards = await Promise.all([1, 2].map(async (index) => {
      const text = await succeed("run", ...work, "--shard", `${index}/2`, "--dry-run");
      return [...text.matchAll(/^(\S+), seed 1 +absent/gm)].map(([, name]) => name);
    }));
    assertEquals(shards.map(({ length }) => length), [2, 2]);
    assertEquals(shards.flat().sort(), names.toSorted());
    assertEquals(await listFiles(root), []);
  });

  await test.step("Ctrl-C stops a cell with a checkpoint", async () => {
    const [first] = shards[0];
    const child = start("run", ...work, "--shard", "1/2");
    await untilExists(`${folderOf(first)}/claim.json`, child);
    child.kill("SIGINT");
    const { code, stderr } = await child.output();
    assertEquals(code, 130, new TextDecoder().decode(stderr));
    assertEquals(await status(), "4 cells: 1 stopped, 3 absent");
    assert(await exists(`${folderOf(first)}/checkpoint.safetensors`));
  });

  await test.step("the same command resumes it, and trains only the cells of its shard", async () => {
    const text = await succeed("run", ...work, "--shard", "1/2");
    assertStringIncludes(text, "2 cells: 2 finished");
    const [resumed, whole] = await Promise.all(
      shards[0].map((name) => readSummary(folderOf(name))),
    );
    assert(resumed.stepsOfThisSession < STEPS);
    assertEquals(whole.stepsOfThisSession, STEPS);
    assertEquals(await status(), "4 cells: 2 finished, 2 absent");
  });

  await test.step("a broken cell is named, and the exit code is 1", async () => {
    const [first] = shards[0];
    await Deno.writeTextFile(`${folderOf(first)}/scores.json`, "no JSON");
    const { code, stdout, stderr } = await runProgram(experiments, ["run", ...work]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, `Broken: ${folderOf(first)}`);
    assertStringIncludes(stdout, "4 cells: 3 finished, 1 broken");
  });

  await test.step("--retry trains the broken cell again, and no other cell", async () => {
    const [first, ...others] = shards.flat();
    const before = await Promise.all(others.map((name) => readSummary(folderOf(name))));
    await succeed("run", ...work, "--retry");
    assertEquals((await readSummary(folderOf(first))).stepsOfThisSession, STEPS);
    const after = await Promise.all(others.map((name) => readSummary(folderOf(name))));
    assertEquals(after, before);
    assertEquals(await status(), "4 cells: 4 finished");
  });

  await test.step("report writes the tables", async () => {
    const text = await succeed("report", ...cells);
    const report = `${root}/reports/${STEPS}-steps/report.md`;
    assertStringIncludes(text, report);
    assertMatch(await Deno.readTextFile(report), /4 cells of 40 steps each.*100 generated/);
  });
});

/** Runs a command, and returns its output. Fails if the command fails. */
async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(experiments, args);
  assertEquals(code, 0, stderr);
  return stdout;
}

function start(...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", experiments, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits until a process has written a file. Fails if the process ends first. */
async function untilExists(path: string, { status }: Deno.ChildProcess): Promise<void> {
  let isOver = false;
  void status.then(() => isOver = true);
  while (!await exists(path)) {
    assert(!isOver, `the process ended without ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function readSummary(folder: string): Promise<Summary> {
  return JSON.parse(await Deno.readTextFile(`${folder}/summary.json`));
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
