/**
 * How native TensorFlow spreads its work over the processor: over threads within an operation, or
 * operations over threads.
 *
 * Within operations suits few large ones, such as convolutions, and is TensorFlow's own choice. A
 * step of dense networks is many small products: on two processors it takes 17 % less when each is
 * left to one thread, and batches are taken in halves (compile/fused/split_rows.ts) so that two are
 * always ready. With more processors than that some would be idle.
 */

/** Where the parallelism is sought; the process's first start of the native engine decides. */
export type Parallelism = "within-operations" | "across-operations";

const MOST_PROCESSORS = 2;

const within = "TF_NUM_INTRAOP_THREADS";
const across = "TF_NUM_INTEROP_THREADS";

/**
 * Sets TensorFlow's environment, which it reads when it is loaded. What the user has set stands.
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

/**
 * How many threads TensorFlow was given; its numbers depend on it, since sums are split among them.
 */
export interface ThreadSettings {
  /** Threads that share one operation. */
  readonly withinOperations: number;
  /** Operations that are computed at the same time. */
  readonly acrossOperations: number;
}

/**
 * The settings that TensorFlow takes when it is loaded: the environment's, else all processors that
 * it may run on.
 */
export function threadSettings(): ThreadSettings {
  const [withinOperations, acrossOperations] = [within, across].map((name) =>
    positiveInteger(Deno.env.get(name)) ?? schedulableProcessors()
  );
  return { withinOperations, acrossOperations };
}

/** The environment that gives these settings, as it stands before a command. */
export function threadEnvironment(
  { withinOperations, acrossOperations }: ThreadSettings,
): string {
  return `${within}=${withinOperations} ${across}=${acrossOperations}`;
}

/**
 * How many processors the system lets this process run on: TensorFlow's default
 * (tsl/platform/posix/port.cc, `NumSchedulableCPUs`). A container's share of time, which
 * `navigator.hardwareConcurrency` heeds, does not count there.
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
    // No Linux, or a program that may not read this.
    return navigator.hardwareConcurrency;
  }
}

/** Whether each operation has one thread, and there are more threads than one. */
export function computesAcrossOperations(): boolean {
  return Deno.env.get(within) === "1" && countThreads() > 1;
}

/** How many threads compute at the same time, at most. */
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
