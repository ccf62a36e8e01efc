/** What a finished run says of itself: summary.json. */
import process from "node:process";
import { writeAtomically } from "../system/atomic_write.ts";
import type { Engine } from "../engine/engine.ts";
import { readRecord } from "./read_record.ts";

export interface Summary {
  readonly name: string;
  /** Steps of the whole run. */
  readonly steps: number;
  /**
   * Seconds of training since the run was started or last resumed, sheets and checkpoints included.
   */
  readonly secondsOfThisSession: number;
  readonly stepsOfThisSession: number;
  /** In this session; null when it took no step. */
  readonly stepsPerSecond: number | null;
  /** The most memory that the process held at once. */
  readonly peakMemoryMB: number;
  readonly engine: Engine;
}

/** The process's largest resident memory so far, in bytes. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

export async function writeSummary(
  folder: string,
  summary: Summary,
): Promise<void> {
  await writeAtomically(
    `${folder}/summary.json`,
    JSON.stringify(summary, null, 2) + "\n",
  );
}

/** The summary of a run that has been finished, else undefined. */
export async function readSummary(
  folder: string,
): Promise<Summary | undefined> {
  const path = `${folder}/summary.json`;
  return await readRecord(
    path,
    (json) => json as Summary,
    `Remove it, and --resume writes it again.`,
  );
}
