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

Deno.test("a claimed run is refused to other processes with the owner's number, until it is released", async () => {
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

Deno.test("a claim removes the temporary files of killed processes, and no others", async () => {
  const folder = await runFolder();
  await Deno.mkdir(`${folder}/samples`);
  const kept = ["losses.csv", "notes.tmp"];
  const left = ["losses.csv.123.tmp", "samples/sheet.png.45.tmp"];
  for (const name of [...kept, ...left]) await Deno.writeTextFile(`${folder}/${name}`, "");
  await (await claimRun(folder)).release();
  const exists = (name: string) => Deno.stat(`${folder}/${name}`).then(() => true, () => false);
  assertEquals(await Promise.all(kept.map(exists)), [true, true]);
  assertEquals(await Promise.all(left.map(exists)), [false, false]);
});

Deno.test("the claim of a killed process does not count", async () => {
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

Deno.test("a claim ends with its process, even if a new process gets the same number", async () => {
  const folder = await runFolder();
  await writeClaim(folder, { host: hostname(), pid: Deno.pid, startedAt: "1" });
  await (await claimRun(folder)).release();
});

Deno.test("a claim from a different machine counts only while it is refreshed", async () => {
  const folder = await runFolder();
  const elsewhere = { host: "elsewhere", pid: 1, startedAt: "1" };
  await writeClaim(folder, elsewhere, STALE_MS - 10_000);
  await assertRejects(() => claimRun(folder), RunClaimedError, "elsewhere");
  await writeClaim(folder, elsewhere, STALE_MS + 1_000);
  await (await claimRun(folder)).release();
});

Deno.test("a claim that is incomplete or damaged does not count", async () => {
  const folder = await runFolder();
  await Deno.writeTextFile(`${folder}/claim.json`, '{"host":');
  await (await claimRun(folder)).release();
});

Deno.test("a process notices that its claim was taken over, and leaves the new one alone", async () => {
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

Deno.test("a process notices that its claim is gone, and releases nothing", async () => {
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

Deno.test("a claim on the same machine counts as long as its process lives", async () => {
  const folder = await runFolder();
  const claim = await claimRun(folder);
  const path = `${folder}/claim.json`;
  await Deno.utime(path, new Date(0), new Date(0));
  await assertRejects(() => claimRun(folder), RunClaimedError);
  // This process may not send signals to another user's process.
  await withStub(process, "kill", refuse("EPERM"), async () => {
    await assertRejects(() => claimRun(folder), RunClaimedError);
  });
  await claim.release();
});

Deno.test("if the system does not report when a process started, a claim is judged by the process number alone", async () => {
  const folder = await runFolder();
  await withStub(Deno, "readTextFileSync", refuse("ENOENT"), async () => {
    const claim = await claimRun(folder);
    await assertRejects(() => claimRun(folder), RunClaimedError);
    await claim.release();
  });
  // On Linux, process numbers go up to 2^22.
  const dead = { host: hostname(), pid: 2 ** 22 + 1, startedAt: "unknown" };
  await writeClaim(folder, dead);
  assertEquals(await liveOwner(folder), undefined);
});

Deno.test("a claim that cannot be read is not treated as missing", async () => {
  const folder = await runFolder();
  await Deno.mkdir(`${folder}/claim.json`);
  await assertRejects(() => liveOwner(folder));
});

Deno.test("claims are made one after the other, under a lock on the run's config.json", async () => {
  const folder = await runFolder();
  const order: string[] = [];
  const lock = await Deno.open(`${folder}/config.json`);
  // A shared lock excludes only exclusive locks.
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

Deno.test("a process refreshes its claim every ten seconds and can still exit", async () => {
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

Deno.test("only one of many processes takes over a stale claim", async () => {
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
        // The process has already ended.
      }
      await child.status;
    }
  }
});

Deno.test("only one of many claims in a process succeeds", async () => {
  const folder = await runFolder();
  const claims = await Promise.allSettled(
    Array.from({ length: 8 }, () => claimRun(folder)),
  );
  const made = claims.flatMap((each): Claim[] => each.status === "fulfilled" ? [each.value] : []);
  assertEquals(made.length, 1);
  await made[0].release();
});

Deno.test("the second process that trains a run is refused, and the run is unaffected", async () => {
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

/** Writes the claim of another process, last refreshed some time ago. */
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

/** Returns true if the timer's callback updates the time of an old file. */
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

async function firstLine(child: Deno.ChildProcess): Promise<string> {
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value).trim();
}
