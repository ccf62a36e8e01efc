/**
 * Ensures that at most one process at a time works on a run. The process that owns the run keeps
 * updating the modification time of claim.json in the run's folder.
 *
 * If the owner runs on this machine, then its claim is stale once the process has died. If the
 * owner runs on another machine, then its claim is stale after two minutes without an update. The
 * next process that claims the run takes over a stale claim. During the takeover, it holds a lock
 * on the run's config.json.
 */
import process from "node:process";
import { hostname } from "node:os";
import { removeUnfinishedWrites, writeAtomically } from "../system/atomic_write.ts";
import { RunError } from "./run_folder.ts";

const FILE = "claim.json";

/** Milliseconds between two updates of a claim. */
const HEARTBEAT_MS = 10_000;
/**
 * A claim from another machine is stale after this many milliseconds without an update. The limit
 * is high because judging may block the event loop, and because clocks may differ.
 */
export const STALE_MS = 120_000;

/** The process that is working on a run. */
export interface ClaimOwner {
  readonly host: string;
  readonly pid: number;
  /**
   * Start time of the process, in clock ticks since boot. It tells apart processes that had the
   * same id at different times.
   */
  readonly startedAt: string;
  readonly id: string;
}

/** Thrown when another process is working on the run. */
export class RunClaimedError extends RunError {
  override name = "RunClaimedError";
}

/** This process's exclusive right to write to a run. */
export interface Claim {
  /**
   * Checks that no other process has taken over the run, for example while this process was
   * suspended.
   *
   * @throws {RunClaimedError} when another process has taken over the run
   */
  verify(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Claims a run for this process. Removes the temporary files of a previous owner that was killed.
 *
 * @throws {RunClaimedError} when another process is working on the run
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
    await removeUnfinishedWrites(folder);
  }
  const beat = setInterval(() => void refresh(path, own), HEARTBEAT_MS);
  // The timer of a claim must not keep the process alive.
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

/** Returns the process that is working on a run, or undefined if there is none. */
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

/** Returns the process that wrote a claim, or undefined if the file is missing or incomplete. */
async function readOwner(path: string): Promise<ClaimOwner | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive({ pid, startedAt }: ClaimOwner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM means that the process exists but belongs to a different user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startedAt === (startOf(pid) ?? "unknown");
}

/**
 * Returns the start time of a process, in clock ticks since boot. Works only on Linux (proc(5),
 * field 22 of stat), and returns undefined elsewhere.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // The second field is the program's name in parentheses, and the name may contain spaces.
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
    ? `process ${owner.pid} on ${owner.host} took it over`
    : "its claim.json disappeared";
  return new RunClaimedError(
    `Training the run in ${folder}: this process paused for too long, and ${by}. Nothing was lost: the run ` +
      "can be resumed from its last checkpoint.",
  );
}
