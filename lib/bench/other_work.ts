/**
 * Measures how much processor time other programs use while a benchmark runs. The load average
 * cannot tell, because it does not distinguish the benchmark's own threads from others.
 *
 * The numbers come from Linux (see `man 5 proc`). Other systems do not have them.
 */

/** A reading of the clock and of the time that other programs have used, both in seconds. */
export interface OtherWork {
  readonly at: number;
  readonly busy: number;
}

/** The unit of times in /proc: a hundredth of a second on every processor that Deno runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Returns how much processor time programs have used so far, other than this process and the
 * processes that it started, directly or not. Time that a virtual machine's host takes away counts
 * as others' time. Returns undefined if the system does not tell.
 */
export function readOtherWork(): OtherWork | undefined {
  const all = readText("/proc/stat");
  if (all === undefined) return undefined;
  const [user, nice, system, _idle, _waiting, _irq, _softirq, steal] = all.split("\n")[0]
    .trim().split(/\s+/).slice(1).map(Number);
  return {
    at: performance.now() / 1000,
    busy: (user + nice + system + steal) / TICKS_PER_SECOND - readOwnSeconds(),
  };
}

/**
 * A period of time, given by what {@linkcode readOtherWork} returned at its start and at its end.
 */
export type ReadPeriod = readonly [OtherWork | undefined, OtherWork | undefined];

/**
 * Returns the number of cores that other programs kept busy in these periods, on average. If the
 * system does not tell it, then the number is missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const periods: ReadPeriod[] = [
 *   [{ at: 10, busy: 1 }, { at: 11, busy: 1 }],
 *   [{ at: 20, busy: 5 }, { at: 23, busy: 7 }],
 * ];
 * assertEquals(averageOthers(periods), { others: 0.5 });
 * ```
 */
export function averageOthers(periods: readonly ReadPeriod[]): { readonly others?: number } {
  let [busy, seconds] = [0, 0];
  for (const [before, after] of periods) {
    if (!before || !after) return {};
    busy += after.busy - before.busy;
    seconds += after.at - before.at;
  }
  // The clocks of the processes are not exact, so the difference may be slightly negative.
  return { others: Math.max(0, busy / seconds) };
}

/** Returns how much processor time this process and the processes that it started have used. */
export function readOwnSeconds(): number {
  return addUpTree(readProcesses(), Deno.pid) / TICKS_PER_SECOND;
}

/** A process, with the processor time that it and its ended children have used, in ticks. */
export interface ProcessTicks {
  readonly id: number;
  readonly parent: number;
  readonly ticks: number;
}

/**
 * Parses a file /proc/PID/stat.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const text = "7 (a) b) S 3 7 7 0 -1 4194560 1 2 3 4 50 6 700 8 20 0 1 0 9";
 * assertEquals(parseProcess(text), { id: 7, parent: 3, ticks: 764 });
 * ```
 */
export function parseProcess(text: string): ProcessTicks {
  // The program's name is in parentheses, and may itself contain spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
  const [, parent] = fields;
  const [user, system, childrensUser, childrensSystem] = fields.slice(11, 15);
  return {
    id: parseInt(text),
    parent,
    ticks: user + system + childrensUser + childrensSystem,
  };
}

/**
 * Returns the time that a process and all its descendants have used, in ticks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const processes = [[1, 0], [2, 1], [3, 2], [4, 1]];
 * assertEquals(
 *   addUpTree(processes.map(([id, parent]) => ({ id, parent, ticks: 10 ** id })), 2),
 *   1100,
 * );
 * ```
 */
export function addUpTree(processes: readonly ProcessTicks[], root: number): number {
  const own = processes.find(({ id }) => id === root)?.ticks ?? 0;
  const children = processes.filter(({ parent }) => parent === root);
  return children.reduce((sum, { id }) => sum + addUpTree(processes, id), own);
}

function readProcesses(): ProcessTicks[] {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name))
    .flatMap(({ name }) => {
      const text = readText(`/proc/${name}/stat`);
      return text === undefined ? [] : [parseProcess(text)];
    });
}

/** Returns the text of a file, or undefined if there is none, as when its process has ended. */
function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
