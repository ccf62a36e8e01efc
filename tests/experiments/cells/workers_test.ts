import { assert, assertEquals, assertGreaterOrEqual, assertStringIncludes } from "@std/assert";
import { readCellRecord, writeCellRecord } from "../../../lib/experiments/cells/cell_record.ts";
import { readState } from "../../../lib/experiments/cells/cell_state.ts";
import { folderOf, nameOf } from "../../../lib/experiments/cells/cells.ts";
import { randomStream } from "../../../lib/random.ts";
import type { JournalEntry } from "../../support/experiment_worker.ts";
import { TextLineStream } from "../../support/lines.ts";
import { listFiles } from "../../support/run_folders.ts";
import { requiring } from "../../support/skip.ts";
import { tinyBase, tinyCells, tinyOptions } from "../../support/tiny_experiments.ts";
import { assertSameCells, finish, readJournal, run, startWorker } from "../../support/tiny_runs.ts";

// Each of these tests starts worker processes.

const { checkpointEvery } = tinyBase.options;

Deno.test("workers that are killed at any moment lose no cell and repeat none", async () => {
  const root = await Deno.makeTempDir();
  const journal = `${await Deno.makeTempDir()}/journal`;
  const stream = randomStream(2, "kills");
  let kills = 0;
  for (let round = 0; round < 3; round++) {
    // Both workers want the same cells, and each of them takes over the cells of killed workers.
    const ended = await Promise.all([0, 1].map(async () => {
      return await killAfterReady(startWorker({ root, journal }), stream.integer(2000));
    }));
    kills += ended.filter((end) => end === "killed").length;
  }
  await Promise.all([0, 1].map(() => finish(startWorker({ root, journal }))));
  // On a fast machine the cells may be done before the last of the six kills.
  assertGreaterOrEqual(kills, 3);
  await assertSameCells(root);
  assertNothingTwice(await readJournal(journal));
});

Deno.test("two workers share the same cells, and every cell is done once", async () => {
  const root = await Deno.makeTempDir();
  const journal = `${await Deno.makeTempDir()}/journal`;
  await Promise.all([0, 1].map(() => finish(startWorker({ root, journal }))));
  const entries = await readJournal(journal);
  assertNothingTwice(entries);
  // A worker skips a cell that another worker is training, so one worker may do the last cells
  // alone.
  const ends = entries.filter(({ kind }) => kind === "end").map(({ cell }) => cell);
  assertEquals(ends.sort(), tinyCells().map(nameOf).sort());
  await assertSameCells(root);
});

Deno.test("a cell that is killed keeps the time up to its last checkpoint", async () => {
  const root = await Deno.makeTempDir();
  const [cell] = tinyCells();
  const folder = folderOf(root, cell);
  const { signal } = await startWorker({ root, diesAt: checkpointEvery + 3 }).output();
  assertEquals(signal, "SIGKILL");
  const killed = await readCellRecord(folder);
  assert(killed);
  assertEquals(killed.timedSteps, checkpointEvery);
  assert(killed.seconds.training > 0);
  // A time that no test takes shows whether the earlier session is added.
  await writeCellRecord(folder, { ...killed, seconds: { training: 1e6, judging: 0 } });
  await finish(startWorker({ root }));
  const state = await readState(root, cell);
  assert(state.kind === "finished");
  const { record } = state;
  assertEquals(record.timedSteps, tinyOptions.steps);
  assertGreaterOrEqual(record.seconds.training, 1e6);
  assert(record.seconds.judging > 0);
});

Deno.test("shards divide the cells, and are merged by copying folders", async () => {
  const roots = await Promise.all(["1/2", "2/2"].map(async (shard) => {
    const root = await Deno.makeTempDir();
    await finish(startWorker({ root, shard }));
    return root;
  }));
  const merged = await Deno.makeTempDir();
  for (const root of roots) {
    for (const name of await listFiles(root)) {
      const to = `${merged}/${name}`;
      await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
      await Deno.copyFile(`${root}/${name}`, to);
    }
  }
  await assertSameCells(merged);
});

Deno.test(requiring(
  await canMount() || "mounting a tmpfs needs root",
  "a full disk ends the worker with a message, and cells made later are the same",
  async (test) => {
    const root = await Deno.makeTempDir();
    assert(await mount(root, "400k"));
    try {
      await test.step("with a full disk", async () => {
        const child = startWorker({ root });
        await new Response(child.stdout).text();
        const stderr = await new Response(child.stderr).text();
        assertEquals((await child.status).code, 1, stderr);
        assertStringIncludes(stderr, "the disk is full");
        assert(!/^\s+at /m.test(stderr), stderr);
      });
      await test.step("with space again", async () => {
        assert(await run("mount", "-o", "remount,size=100m", root));
        await finish(startWorker({ root }));
        await assertSameCells(root);
      });
    } finally {
      await run("umount", root);
    }
  },
));

/**
 * Fails if two workers trained a cell at the same time, if a cell was finished twice, or if steps
 * were trained again although a checkpoint covered them.
 */
function assertNothingTwice(entries: readonly JournalEntry[]): void {
  for (const cell of tinyCells().map(nameOf)) {
    const sessions = sessionsOf(entries.filter((entry) => entry.cell === cell));
    const pids = sessions.map(([{ pid }]) => pid);
    assertEquals(new Set(pids).size, pids.length, `${cell}: two workers at a time, ${pids}`);
    let [trained, isFinished] = [0, false];
    for (const session of sessions) {
      // A worker may claim a cell that another worker has just finished. It then does nothing.
      assert(
        !isFinished || session.every(({ kind }) => kind === "start"),
        `${cell}: finished twice`,
      );
      const steps = session.flatMap(({ step }) => step ?? []);
      const [first] = steps;
      const saved = trained - trained % checkpointEvery;
      // A worker may be killed after it has saved a checkpoint and before it has noted the step.
      assert(first >= saved && first <= trained + 1, `${cell}: from ${first} after ${trained}`);
      assertEquals(steps.slice(1), steps.slice(1).map((_, k) => first + k + 1), cell);
      trained = steps.at(-1)!;
      isFinished ||= session.at(-1)!.kind === "end";
    }
    assertEquals(trained, tinyOptions.steps, cell);
  }
}

/** Divides the entries of a cell into the sessions of its workers. */
function sessionsOf(entries: readonly JournalEntry[]): JournalEntry[][] {
  const sessions: JournalEntry[][] = [];
  for (const entry of entries) {
    if (!["start", "step", "end"].includes(entry.kind)) continue;
    const last = sessions.at(-1);
    if (last?.[0].pid === entry.pid) last.push(entry);
    else sessions.push([entry]);
  }
  return sessions;
}

/** Waits until a worker is ready, and then kills it after a delay, unless it has ended before. */
async function killAfterReady(
  worker: Deno.ChildProcess,
  milliseconds: number,
): Promise<"killed" | "ended"> {
  const stderr = new Response(worker.stderr).text();
  const stdout = worker.stdout.pipeThrough(new TextDecoderStream() as never)
    .pipeThrough(new TextLineStream()) as ReadableStream<string>;
  const lines = stdout.getReader();
  assertEquals((await lines.read()).value, "ready");
  const timer = setTimeout(() => killIfAlive(worker), milliseconds);
  const { code, signal } = await worker.status;
  clearTimeout(timer);
  assertEquals((await lines.read()).done, true);
  const text = await stderr;
  if (signal === "SIGKILL") return "killed";
  assertEquals(code, 0, text);
  return "ended";
}

function killIfAlive(worker: Deno.ChildProcess): void {
  try {
    worker.kill("SIGKILL");
  } catch {
    // The worker has already ended.
  }
}

async function mount(folder: string, size: string): Promise<boolean> {
  return await run("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder);
}

async function canMount(): Promise<boolean> {
  const folder = await Deno.makeTempDir();
  return await mount(folder, "100k") && await run("umount", folder);
}
