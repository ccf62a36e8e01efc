/** Reads and writes summary.json, the summary of a finished run. */
import process from "node:process";
import { writeAtomically } from "../system/atomic_write.ts";
import type { Engine } from "../engine/engine.ts";
import { readRecord } from "./read_record.ts";

export interface Summary {
  readonly name: string;
  readonly steps: number;
  /**
   * Seconds since the run was started or last resumed. This time includes drawing sheets and saving
   * checkpoints.
   */
  readonly secondsOfThisSession: number;
  readonly stepsOfThisSession: number;
  /** Steps per second in this session; null if no steps were taken. */
  readonly stepsPerSecond: number | null;
  /** Peak memory of the process, in megabytes (10^6 bytes). */
  readonly peakMemoryMB: number;
  readonly engine: Engine;
}

/** Returns the peak resident memory of this process in bytes. */
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

/** Returns the summary of a run, or undefined if the run has not finished. */
export async function readSummary(
  folder: string,
): Promise<Summary | undefined> {
  const path = `${folder}/summary.json`;
  return await readRecord(
    path,
    (json) => json as Summary,
    `Remove it; --resume then writes it again.`,
  );
}
