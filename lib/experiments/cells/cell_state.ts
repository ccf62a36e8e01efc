/** Determines the state of a cell from the files in its folder. */
import { readEvaluations } from "../../evaluation/judge/evaluations_file.ts";
import type { Evaluation } from "../../evaluation/judge/score.ts";
import { type ClaimOwner, liveOwner } from "../../runs/claim_run.ts";
import { lastStep } from "../../runs/loss_table.ts";
import { readRecord } from "../../runs/read_record.ts";
import { readSummary, type Summary } from "../../runs/summary.ts";
import { type Cell, folderOf, optionsOf } from "./cells.ts";
import { type CellRecord, readCellRecord, RETRY } from "./cell_record.ts";

/** The state of a cell that has been trained and judged. */
export interface FinishedCell {
  readonly kind: "finished";
  readonly record: CellRecord;
  readonly summary: Summary;
  readonly evaluations: readonly Evaluation[];
}

export type CellState =
  | { readonly kind: "absent" }
  /**
   * The cell is not finished, and no process is working on it. `step` is the last training step
   * that the cell's losses.csv contains.
   */
  | { readonly kind: "stopped"; readonly step: number }
  | {
    readonly kind: "running";
    readonly step: number;
    readonly owner: ClaimOwner;
  }
  | { readonly kind: "broken"; readonly problem: string }
  | FinishedCell;

/**
 * Reads the state of a cell. If there is any problem with the cell's files, then the cell counts as
 * broken.
 */
export async function readState(root: string, cell: Cell): Promise<CellState> {
  const folder = folderOf(root, cell);
  try {
    return await readFolder(folder, cell);
  } catch (error) {
    return {
      kind: "broken",
      problem: `${folder}: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

async function readFolder(folder: string, cell: Cell): Promise<CellState> {
  const config = await readRecord(
    `${folder}/config.json`,
    (json) => json,
    RETRY,
  );
  if (config === undefined) return { kind: "absent" };
  if (JSON.stringify(config) !== JSON.stringify(optionsOf(cell))) {
    return {
      kind: "broken",
      problem:
        `${folder}/config.json has different options from the experiment '${cell.experiment.name}'.`,
    };
  }
  const owner = await liveOwner(folder);
  if (owner) {
    return { kind: "running", step: await lastStep(folder), owner };
  }
  const record = await readCellRecord(folder);
  if (record?.failure) return { kind: "broken", problem: record.failure };
  const summary = await readSummary(folder);
  if (!summary) return { kind: "stopped", step: await lastStep(folder) };
  const evaluations = await readEvaluations(folder);
  if (!record || evaluations.length === 0) {
    const missing = record ? "scores.json" : "cell.json";
    return {
      kind: "broken",
      problem: `${folder}: wanted ${missing} next to summary.json, found none.`,
    };
  }
  return { kind: "finished", record, summary, evaluations };
}
