/**
 * Runs the cells of the tiny grid, in this process or in worker processes, and compares the results
 * with those of one undisturbed worker.
 */
import { assert, assertEquals } from "@std/assert";
import { type Engine, startEngine } from "../../lib/engine/backend.ts";
import { type CellJudge, openCellJudge } from "../../lib/experiments/cells/cell_judge.ts";
import type { Mnist } from "../../lib/dataset/mnist.ts";
import { useNative } from "./engine.ts";
import type { JournalEntry, WorkerOptions } from "./experiment_worker.ts";
import { listFiles } from "./run_folders.ts";
import { TINY_SAMPLES, tinyMnist } from "./tiny_experiments.ts";

/** What {@linkcode runCells} needs to run the tiny cells in this process. */
export interface Tools {
  readonly engine: Engine;
  readonly mnist: Mnist;
  readonly judge: CellJudge;
}

let opened: Promise<Tools> | undefined;
let cache: string | undefined;
let finishedRoot: Promise<string> | undefined;

export function tools(): Promise<Tools> {
  return opened ??= open();
}

async function open(): Promise<Tools> {
  await useNative();
  const engine = await startEngine({ engine: "native" });
  const mnist = await tinyMnist();
  cache ??= await Deno.makeTempDir();
  const judge = await openCellJudge(mnist, { samples: TINY_SAMPLES, cache });
  return { engine, mnist, judge };
}

/** Starts a worker process. The worker prints `ready` when it starts to work. */
export function startWorker(options: Omit<WorkerOptions, "cache">): Deno.ChildProcess {
  cache ??= Deno.makeTempDirSync();
  const worker = new URL("./experiment_worker.ts", import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", worker, JSON.stringify({ ...options, cache })],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits until a worker has ended. Fails if the worker failed. */
export async function finish(child: Deno.ChildProcess): Promise<void> {
  const [, stderr] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => new Response(stream).text()),
  );
  assertEquals((await child.status).code, 0, stderr);
}

/** Reads what workers have noted, in the order in which it happened. */
export async function readJournal(path: string): Promise<JournalEntry[]> {
  const text = await Deno.readTextFile(path);
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

/** Returns a folder in which one undisturbed worker has finished all cells. */
export function whole(): Promise<string> {
  return finishedRoot ??= (async () => {
    const root = await Deno.makeTempDir();
    await finish(startWorker({ root }));
    return root;
  })();
}

export async function copyOfWhole(): Promise<string> {
  const copy = await Deno.makeTempDir();
  assert(await run("cp", "-r", `${await whole()}/.`, copy));
  return copy;
}

/**
 * Matches the files that contain times or models, and that therefore differ between two runs of the
 * same cell. Instead of the models, the tests compare the models' scores and their sheets of
 * images.
 */
const timed = /(^|\/)(cell|summary)\.json$|\/models\//;

/** Fails unless all cells in a folder are finished, with the same results as those of `whole`. */
export async function assertSameCells(root: string): Promise<void> {
  const wanted = await contentOf(await whole());
  const found = await contentOf(root);
  assertEquals([...found.keys()].sort(), [...wanted.keys()].sort());
  for (const [name, bytes] of wanted) {
    if (!timed.test(name)) assertEquals(found.get(name), bytes, name);
  }
}

/** Returns the content of all files in a folder, by their paths. */
export async function contentOf(root: string): Promise<Map<string, Uint8Array>> {
  const names = await listFiles(root);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await Deno.readFile(`${root}/${name}`)] as const),
    ),
  );
}

/** Runs a program, and returns whether it succeeded. */
export async function run(program: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args }).output()).success;
  } catch {
    return false;
  }
}
