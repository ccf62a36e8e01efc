/**
 * Reads hostile files of a format in separate threads (see worker.ts). The nightly run reads many
 * more files than other runs.
 */
import { assert, assertLess } from "@std/assert";
import { isNightly } from "../nightly.ts";
import type { HostileFormatName } from "./formats.ts";
import type { HostileReport, HostileTask } from "./worker.ts";

export const hostileFiles: number = isNightly ? 100_000 : 2000;

const SHARE = 2000;
/**
 * A thread reports its progress after every 50 files, which take less than a second. A thread that
 * reports nothing for more than 12 ticks of 5 s is considered hung. Ticks are counted instead of
 * seconds, because the ticks stop while the machine sleeps.
 */
const [TICK, MOST_TICKS] = [5000, 12];
/**
 * The memory in bytes that a thread may use. Each file is only a few thousand bytes long. The
 * garbage from reading files is collected long before it reaches this limit, but a single huge
 * object would exceed the limit.
 */
const MOST_MEMORY = 512 * 2 ** 20;

/**
 * Reads hostile files. Fails unless every file is either read or rejected with the error class for
 * its format. Also fails if a reader hangs or uses too much memory.
 *
 * @param leastRefused fraction of the files that must be refused; if fewer files are refused, then
 * the files are not hostile enough
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

/**
 * Reads some of the files in a new thread.
 *
 * @returns the number of refused files
 */
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
 * Resets the peak of the resident memory. Returns the current memory use in bytes, or undefined if
 * the system does not report it.
 */
async function resetPeak(): Promise<number | undefined> {
  try {
    await Deno.writeTextFile("/proc/self/clear_refs", "5");
  } catch {
    return undefined;
  }
  return await peakMemory();
}

async function peakMemory(): Promise<number | undefined> {
  try {
    const status = await Deno.readTextFile("/proc/self/status");
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : 1024 * Number(kilobytes);
  } catch {
    return undefined;
  }
}
