import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { hostname } from "node:os";
import process from "node:process";
import {
  type Claim,
  claimRun,
  liveOwner,
  RunClaimedError,
  STALE_MS,
} from "../../lib/runs/claim_run.ts";
import { trainRun } from "../../lib/runs/train_run.ts";
import { createRun } from "../../lib/runs/run_folder.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { useNative } from "../support/engine.ts";
import { ringOfGaussians, toyOptions } from "../support/toy.ts";

const worker = new URL("../support/claim_worker.ts", import.meta.url).pathname;

Deno.test("a run that a process works on is refused to others, naming it, and free once it is released", async () => {
  const folder = await runFolder();
  const claim = await claimRun(folder);
  const error = await assertRejects(() => claimRun(folder), RunClaimedError);
  assertStringIncludes(error.message, `process ${Deno.pid} on ${hostname()}`);
  assertStringIncludes(error.message, folder);
  await claim.verify();
  await claim.release();
  assertEquals(await liveOwner(folder), undefined);
  await (await claimRun(folder)).release();
});

Deno.test("a process that was killed leaves no claim that counts", async () => {
  const folder = await runFolder();
  const child = startWorker(folder);
  assertEquals(await firstLine(child), "claimed");
  await assertRejects(
    () => claimRun(folder),
    RunClaimedError,
    String(child.pid),
  );
  child.kill("SIGKILL");
  await child.status;
  await (await claimRun(folder)).release();
});

Deno.test("a number that another process has now does not keep a claim alive", async () => {
  const folder = await runFolder();
  await writeClaim(folder, { host: hostname(), pid: Deno.pid, startedAt: "1" });
  await (await claimRun(folder)).release();
});

Deno.test("a claim of another machine counts while it is refreshed, and no longer", async () => {
  const folder = await runFolder();
  const elsewhere = { host: "elsewhere", pid: 1, startedAt: "1" };
  await writeClaim(folder, elsewhere, STALE_MS - 10_000);
  await assertRejects(() => claimRun(folder), RunClaimedError, "elsewhere");
  await writeClaim(folder, elsewhere, STALE_MS + 1_000);
  await (await claimRun(folder)).release();
});

Deno.test("a claim that is being written, or damaged, does not count", async () => {
  const folder = await runFolder();
  await Deno.writeTextFile(`${folder}/claim.json`, '{"host":');
  await (await claimRun(folder)).release();
});

Deno.test("a process whose claim was taken over notices it, and leaves the new one alone", async () => {
  const folder = await runFolder();
  const claim = await claimRun(folder);
  await writeClaim(folder, { host: "elsewhere", pid: 7, startedAt: "1" });
  await assertRejects(
    () => claim.verify(),
    RunClaimedError,
    "process 7 on elsewhere",
  );
  await claim.release();
  assertEquals((await liveOwner(folder))?.host, "elsewhere");
});

Deno.test("a process whose claim is gone notices it, and has nothing to release", async () => {
  const folder = await runFolder();
  const claim = await claimRun(folder);
  await Deno.remove(`${folder}/claim.json`);
  const { name, message } = await assertRejects(
    () => claim.verify(),
    RunClaimedError,
  );
  assertEquals(name, "RunClaimedError");
  assertStringIncludes(message, "its claim.json disappeared");
  await claim.release();
});

Deno.test("on its own machine a process that lives keeps its claim, however long it has not refreshed it", async () => {
  const folder = await runFolder();
  const claim = await claimRun(folder);
  const path = `${folder}/claim.json`;
  await Deno.utime(path, new Date(0), new Date(0));
  await assertRejects(() => claimRun(folder), RunClaimedError);
  // Another user's process: it may not be signalled.
  await withStub(process, "kill", refuse("EPERM"), async () => {
    await assertRejects(() => claimRun(folder), RunClaimedError);
  });
  await claim.release();
});

Deno.test("where the system does not tell when a process was started, its number alone decides", async () => {
  const folder = await runFolder();
  await withStub(Deno, "readTextFileSync", refuse("ENOENT"), async () => {
    const claim = await claimRun(folder);
    await assertRejects(() => claimRun(folder), RunClaimedError);
    await claim.release();
  });
  // Linux counts processes to 2^22 at most.
  const dead = { host: hostname(), pid: 2 ** 22 + 1, startedAt: "unknown" };
  await writeClaim(folder, dead);
  assertEquals(await liveOwner(folder), undefined);
});

Deno.test("a claim that cannot be read is not taken for none", async () => {
  const folder = await runFolder();
  await Deno.mkdir(`${folder}/claim.json`);
  await assertRejects(() => liveOwner(folder));
});

Deno.test("claims are made one after the other: under a lock on the run's config.json", async () => {
  const folder = await runFolder();
  const order: string[] = [];
  const lock = await Deno.open(`${folder}/config.json`);
  // A reader's lock keeps out only who wants the file for itself.
  await lock.lock(false);
  const claiming = claimRun(folder).then((claim) => {
    order.push("claimed");
    return claim;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  order.push("unlocked");
  lock.close();
  await (await claiming).release();
  assertEquals(order, ["unlocked", "claimed"]);
});

Deno.test("a claim is refreshed every ten seconds while it is the process's own, and keeps no process alive", async () => {
  const folder = await runFolder();
  const path = `${folder}/claim.json`;
  const timers: { beat: () => void; every: number; events: string[] }[] = [];
  const last = (event: string) => () => void timers.at(-1)?.events.push(event);
  const setTimer = (beat: () => void, every: number) => {
    timers.push({ beat, every, events: [] });
    return 0;
  };
  let claim: Claim | undefined;
  await withStub(
    globalThis,
    "setInterval",
    setTimer,
    () =>
      withStub(Deno, "unrefTimer", last("unref"), async () => {
        claim = await claimRun(folder);
      }),
  );
  const [{ beat, every, events }] = timers;
  assertEquals([every, events], [10_000, ["unref"]]);
  assertEquals(await refreshed(path, beat), true);
  const own = await Deno.readTextFile(path);
  await writeClaim(folder, { host: "elsewhere", pid: 7, startedAt: "1" });
  assertEquals(await refreshed(path, beat), false);
  await Deno.remove(path);
  beat();
  await Deno.writeTextFile(path, own);
  await withStub(
    globalThis,
    "clearInterval",
    last("cleared"),
    () => claim!.release(),
  );
  assertEquals(events, ["unref", "cleared"]);
});

Deno.test("of many processes that want a stale claim at once, one gets it", async () => {
  const folder = await runFolder();
  for (let round = 0; round < 3; round++) {
    await writeClaim(
      folder,
      { host: "elsewhere", pid: 1, startedAt: "1" },
      STALE_MS * 2,
    );
    const children = Array.from({ length: 4 }, () => startWorker(folder));
    const lines = await Promise.all(children.map(firstLine));
    assertEquals(lines.toSorted(), [
      ...Array(3).fill("RunClaimedError"),
      "claimed",
    ]);
    for (const child of children) {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
      await child.status;
    }
  }
});

Deno.test("within a process too, one of many claims is made", async () => {
  const folder = await runFolder();
  const claims = await Promise.allSettled(
    Array.from({ length: 8 }, () => claimRun(folder)),
  );
  const made = claims.flatMap((each): Claim[] => each.status === "fulfilled" ? [each.value] : []);
  assertEquals(made.length, 1);
  await made[0].release();
});

Deno.test("two processes that train one run: the second is refused, and the run is as if it had been alone", async () => {
  await useNative();
  const engine = await startEngine({ engine: "native" });
  const images = ringOfGaussians(50);
  const root = await Deno.makeTempDir();
  const run = await createRun(root, "one", toyOptions({ steps: 12 }));
  const first = trainRun(run, images, { engine, pictures: false });
  for await (const report of first) {
    if (report.kind !== "step" || report.step !== 5) continue;
    const second = trainRun(run, images, { engine, pictures: false });
    await assertRejects(() => Array.fromAsync(second), RunClaimedError);
  }
  const rows = (await Deno.readTextFile(`${run.folder}/losses.csv`)).trim()
    .split("\n").slice(1).map((row) => row.split(",").slice(0, 2).join());
  assertEquals(rows, [...new Set(rows)]);
  assert(
    !await Deno.stat(`${run.folder}/claim.json`).then(() => true, () => false),
  );
});

async function runFolder(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/config.json`, "{}");
  return folder;
}

/** A claim of another process, refreshed some time ago. */
async function writeClaim(
  folder: string,
  owner: { host: string; pid: number; startedAt: string },
  ageMs = 0,
): Promise<void> {
  const path = `${folder}/claim.json`;
  await Deno.writeTextFile(path, JSON.stringify({ ...owner, id: "other" }));
  const time = new Date(Date.now() - ageMs);
  await Deno.utime(path, time, time);
}

/** Whether a beat changes the time of a file that is old. */
async function refreshed(path: string, beat: () => void): Promise<boolean> {
  await Deno.utime(path, new Date(0), new Date(0));
  beat();
  for (let tries = 0; tries < 20; tries++) {
    const { mtime } = await Deno.stat(path);
    if (mtime!.getTime() > 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

/** Runs `body` with another function in place of a global one. */
async function withStub<Owner extends object>(
  owner: Owner,
  name: keyof Owner & string,
  stub: (...parameters: never[]) => unknown,
  body: () => Promise<void>,
): Promise<void> {
  const original = owner[name];
  Object.assign(owner, { [name]: stub });
  try {
    await body();
  } finally {
    Object.assign(owner, { [name]: original });
  }
}

/** A function of the system that fails. */
function refuse(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

function startWorker(folder: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", worker, folder],
    stdout: "piped",
    stderr: "null",
  }).spawn();
}

/** What a process says first. */
async function firstLine(child: Deno.ChildProcess): Promise<string> {
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value).trim();
}
