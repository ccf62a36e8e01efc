/**
 * Reads the first hostile files of a format, or many more in the nightly version; see
 * hostile/worker.ts.
 */
import { assert, assertLess } from "@std/assert";
import { isNightly } from "../nightly.ts";
import type { HostileFormatName } from "./formats.ts";
import type { HostileReport, HostileTask } from "./worker.ts";

/** The number of hostile files per format. */
export const hostileFiles: number = isNightly ? 100_000 : 2000;

/** The number of files that one thread reads. */
const SHARE = 2000;
/**
 * A thread that reports nothing for 12 ticks of 5 s has hung, since any 50 of these files take less
 * than a second. The limit counts ticks, because ticks stop while the machine sleeps.
 */
const [TICK, MOST_TICKS] = [5000, 12];
/**
 * The memory that a thread may use, in bytes. The files have a few thousand bytes each, so the
 * garbage that they leave is collected long before it reaches this limit. A single huge object
 * would exceed it.
 */
const MOST_MEMORY = 512 * 2 ** 20;

/**
 * Fails unless each file is read or refused with its format's error, quickly and without using much
 * memory.
 *
 * @param leastRefused the share of files that must be refused; if fewer are refused, the files are
 * not hostile enough
 */
export async function readHostileFiles(
  format: HostileFormatName,
  leastRefused: number,
): Promise<void> {
  let refused = 0;
  for (let from = 0; from < hostileFiles; from += SHARE) {
    const before = await resetPeak();
    refused += await readShare({ format, from, to: from + SHARE });
    const peak = await peakMemory();
    if (before === undefined || peak === undefined) continue;
    assertLess(
      peak - before,
      MOST_MEMORY,
      `bytes of memory that ${format} files from ${from} on took`,
    );
  }
  assert(
    refused > leastRefused * hostileFiles,
    `only ${refused} of ${hostileFiles} were refused`,
  );
}

/** @returns the number of refused files */
function readShare(task: HostileTask): Promise<number> {
  const worker = new Worker(import.meta.resolve("./worker.ts"), {
    type: "module",
  });
  let [reached, silence] = [task.from, 0];
  let clock: ReturnType<typeof setInterval> | undefined;
  return new Promise<number>((resolve, reject) => {
    const fail = (problem: string) =>
      reject(
        new Error(
          `${task.format} file ${reached} or one of the next ${problem}`,
        ),
      );
    clock = setInterval(() => {
      if (++silence > MOST_TICKS) fail("hangs");
    }, TICK);
    worker.onmessage = ({ data }: MessageEvent<HostileReport>) => {
      silence = 0;
      if ("reached" in data) reached = data.reached;
      else if ("refused" in data) resolve(data.refused);
      else reject(new Error(data.failed));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(`ends the thread: ${event.message}`);
    };
    worker.postMessage(task);
  }).finally(() => {
    clearInterval(clock);
    worker.terminate();
  });
}

/**
 * Resets the peak of resident memory. Returns the new peak, which is the memory in use now, or
 * undefined if the system does not report it.
 */
async function resetPeak(): Promise<number | undefined> {
  try {
    await Deno.writeTextFile("/proc/self/clear_refs", "5");
  } catch {
    return undefined;
  }
  return await peakMemory();
}

/** Returns the peak of resident memory, in bytes. */
async function peakMemory(): Promise<number | undefined> {
  try {
    const status = await Deno.readTextFile("/proc/self/status");
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : 1024 * Number(kilobytes);
  } catch {
    return undefined;
  }
}
