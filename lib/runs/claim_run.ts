/**
 * One run, one process: claim.json in the run's folder names the owner, who refreshes the file's
 * time while it works.
 *
 * A claim is stale once its owner is known to be dead (same machine) or has not refreshed it for
 * two minutes (another machine); then the next process takes it over. Claims are made and taken
 * over under a lock on the run's config.json, which the system drops when its holder dies, so two
 * processes never take over the same claim.
 */
import process from "node:process";
import { hostname } from "node:os";
import { writeAtomically } from "../system/atomic_write.ts";
import { RunError } from "./run_folder.ts";

const FILE = "claim.json";

/** Milliseconds between two refreshes. */
const HEARTBEAT_MS = 10_000;
/**
 * A claim this old is stale; long enough for a judgement that keeps the event loop busy, and for
 * clocks that differ.
 */
export const STALE_MS = 120_000;

/** Who works on a run. */
export interface ClaimOwner {
  readonly host: string;
  readonly pid: number;
  /**
   * When the process was started, in the system's own count: it tells two processes with the same
   * number apart.
   */
  readonly startedAt: string;
  /** Unlike any other claim's. */
  readonly id: string;
}

/** A run that another process works on. */
export class RunClaimedError extends RunError {
  override name = "RunClaimedError";
}

/** A run that this process may write to. */
export interface Claim {
  /**
   * Makes sure that no other process has taken the run over, as one does where this one has slept
   * for too long.
   *
   * @throws {RunClaimedError} when one has
   */
  verify(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Claims the run in `folder`, which has a config.json.
 *
 * @throws {RunClaimedError} when another process works on the run
 */
export async function claimRun(folder: string): Promise<Claim> {
  const path = `${folder}/${FILE}`;
  const own: ClaimOwner = {
    ...thisProcess(),
    id: crypto.randomUUID(),
  };
  {
    using lock = await Deno.open(`${folder}/config.json`, {
      read: true,
      write: true,
    });
    await lock.lock(true);
    const owner = await liveOwner(folder);
    if (owner) throw claimed(folder, owner);
    await writeAtomically(path, JSON.stringify(own) + "\n");
  }
  const beat = setInterval(() => void refresh(path, own), HEARTBEAT_MS);
  // A claim is no reason for a process to go on.
  Deno.unrefTimer(beat);
  return {
    async verify() {
      const owner = await readOwner(path);
      if (owner?.id !== own.id) throw lost(folder, owner);
    },
    async release() {
      clearInterval(beat);
      if ((await readOwner(path))?.id === own.id) {
        await Deno.remove(path).catch(() => {});
      }
    },
  };
}

/** The process that works on the run in a folder now; undefined where none does. */
export async function liveOwner(
  folder: string,
): Promise<ClaimOwner | undefined> {
  const path = `${folder}/${FILE}`;
  const owner = await readOwner(path);
  if (!owner) return undefined;
  if (owner.host === hostname() && !isAlive(owner)) return undefined;
  const { mtime } = await Deno.stat(path).catch(() => ({ mtime: null }));
  const age = Date.now() - (mtime?.getTime() ?? 0);
  return owner.host === hostname() || age < STALE_MS ? owner : undefined;
}

function thisProcess(): Omit<ClaimOwner, "id"> {
  return {
    host: hostname(),
    pid: Deno.pid,
    startedAt: startOf(Deno.pid) ?? "unknown",
  };
}

async function refresh(path: string, own: ClaimOwner): Promise<void> {
  if ((await readOwner(path))?.id !== own.id) return;
  const now = new Date();
  await Deno.utime(path, now, now).catch(() => {});
}

/**
 * The owner that a file names; undefined where there is no such file, or one that no process has
 * finished writing.
 */
async function readOwner(path: string): Promise<ClaimOwner | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether the process of this machine that made a claim still runs. */
function isAlive({ pid, startedAt }: ClaimOwner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startedAt === (startOf(pid) ?? "unknown");
}

/**
 * When a process was started, in clock ticks since boot, which only Linux tells (proc(5), field 22
 * of stat).
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // The second field is the program's name in brackets, which may hold spaces.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function claimed(folder: string, { host, pid }: ClaimOwner): RunClaimedError {
  return new RunClaimedError(
    `The run in ${folder} is being trained by process ${pid} on ${host}. Wait for it, stop it, or choose another run.`,
  );
}

function lost(folder: string, owner: ClaimOwner | undefined): RunClaimedError {
  const by = owner
    ? `process ${owner.pid} on ${owner.host} has taken it over`
    : "its claim.json is gone";
  return new RunClaimedError(
    `Training the run in ${folder}: this process stood still for too long, and ${by}. Nothing was lost: the run goes on ` +
      "from its last checkpoint.",
  );
}
