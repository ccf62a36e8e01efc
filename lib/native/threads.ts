/**
 * Configures how native TensorFlow uses multiple processors. By default, many threads share one
 * operation. This suits large operations such as convolutions.
 *
 * A step of a dense network consists of many small matrix products. On two processors, such a step
 * takes 17 % less time if each product runs on one thread and each batch is split in half (see
 * compile/fused/split_rows.ts). With more than two processors, some of them would be partly idle,
 * so the default is kept.
 */

/**
 * How TensorFlow uses threads. The choice is fixed when the native engine first starts in a
 * process.
 */
export type Parallelism = "within-operations" | "across-operations";

const MOST_PROCESSORS = 2;

const within = "TF_NUM_INTRAOP_THREADS";
const across = "TF_NUM_INTEROP_THREADS";

/**
 * Sets the environment variables that control TensorFlow's threads. If the user has set one of
 * these variables, then nothing is changed.
 */
export function setThreads(parallelism: Parallelism): void {
  const processors = navigator.hardwareConcurrency;
  if (parallelism === "within-operations" || processors > MOST_PROCESSORS) {
    return;
  }
  if (Deno.env.has(within) || Deno.env.has(across)) return;
  Deno.env.set(within, "1");
  Deno.env.set(across, String(processors));
}

const caller = "TF_ONEDNN_THREADPOOL_USE_CALLER_THREAD";

/**
 * Makes the thread that runs a oneDNN operation do part of the work itself. By default, that thread
 * wakes other threads to do all of the work, and waits for them. For a small operation, such as a
 * layer with 64 units, waking the other threads and waiting for them takes longer than the work
 * itself. The work is split into the same parts either way, so the results are the same. A value
 * set by the user takes precedence.
 */
export function useCallingThread(): void {
  if (!Deno.env.get(caller)) Deno.env.set(caller, "1");
}

/**
 * TensorFlow's thread counts. The results of operations depend on these counts, because sums are
 * split among threads.
 */
export interface ThreadSettings {
  /** The number of threads that share one operation. */
  readonly withinOperations: number;
  /** The number of operations that are computed at the same time. */
  readonly acrossOperations: number;
}

/**
 * Returns the settings from the environment. If the environment does not contain a setting, then
 * its value is the number of processors.
 */
export function threadSettings(): ThreadSettings {
  const [withinOperations, acrossOperations] = [within, across].map((name) =>
    positiveInteger(Deno.env.get(name)) ?? schedulableProcessors()
  );
  return { withinOperations, acrossOperations };
}

/** Formats the settings as environment variable assignments that can precede a shell command. */
export function threadEnvironment(
  { withinOperations, acrossOperations }: ThreadSettings,
): string {
  return `${within}=${withinOperations} ${across}=${acrossOperations}`;
}

/**
 * Returns the number of processors that this process may use, which is TensorFlow's default number
 * of threads (tsl/platform/posix/port.cc, `NumSchedulableCPUs`). Unlike
 * `navigator.hardwareConcurrency`, this number ignores a container's limit on processor time.
 */
function schedulableProcessors(): number {
  try {
    const status = Deno.readTextFileSync("/proc/self/status");
    const [, mask] = /^Cpus_allowed:\s*([\da-f,]+)$/m.exec(status)!;
    const bits = [...mask.replaceAll(",", "")].map((digit) =>
      parseInt(digit, 16).toString(2).replaceAll("0", "").length
    );
    return bits.reduce((sum, count) => sum + count, 0);
  } catch {
    // The system is not Linux, or this process may not read the file.
    return navigator.hardwareConcurrency;
  }
}

/**
 * Returns whether each operation runs on a single thread and several operations can run at the same
 * time.
 */
export function computesAcrossOperations(): boolean {
  return Deno.env.get(within) === "1" && countThreads() > 1;
}

/** Returns the largest number of threads that compute at the same time. */
export function countThreads(): number {
  const processors = navigator.hardwareConcurrency;
  const { withinOperations, acrossOperations } = threadSettings();
  return Math.min(
    Math.max(withinOperations, acrossOperations),
    Math.max(withinOperations, processors),
  );
}

function positiveInteger(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
