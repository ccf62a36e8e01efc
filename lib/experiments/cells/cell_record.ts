/**
 * Reads and writes cell.json, which contains the record of a cell. The record states how long the
 * cell took, and gives the versions of the training arithmetic and of the scores. If the cell
 * failed, the record also states the reason.
 */
import { z } from "zod";
import { writeAtomically } from "../../system/atomic_write.ts";
import { SCORES_VERSION } from "../../evaluation/judge/evaluate_options.ts";
import { readRecord } from "../../runs/read_record.ts";

/**
 * The version of the training arithmetic. Increase this number whenever the arithmetic changes,
 * because cells with different versions must not appear in the same table.
 */
export const TRAINING_VERSION = 1;

const recordSchema = z.object({
  versions: z.object({
    training: z.number().describe("version of the training arithmetic"),
    scores: z.number().describe("version of the scores"),
  }),
  seconds: z.object({
    training: z.number(),
    judging: z.number(),
  }).describe("in all sessions, except the time from a last checkpoint to a kill"),
  timedSteps: z.number().optional().describe(
    "number of training steps that the seconds cover; absent in older records",
  ),
  failure: z.string().optional().describe("why training cannot continue"),
});

export type CellRecord = z.output<typeof recordSchema>;

/** A message that tells the user how to restart a broken cell. */
export const RETRY = "To restart the cell: deno task experiments run --retry";

/** The record of a cell whose training has just started. */
export const emptyRecord: CellRecord = Object.freeze({
  versions: { training: TRAINING_VERSION, scores: SCORES_VERSION },
  seconds: { training: 0, judging: 0 },
  timedSteps: 0,
});

/**
 * Returns the record in a cell's folder, or undefined if the folder contains no record.
 *
 * @throws {RunError} when the file cell.json is broken
 */
export function readCellRecord(
  folder: string,
): Promise<CellRecord | undefined> {
  return readRecord(
    `${folder}/cell.json`,
    (json) => recordSchema.parse(json),
    RETRY,
  );
}

export async function writeCellRecord(
  folder: string,
  record: CellRecord,
): Promise<void> {
  await writeAtomically(
    `${folder}/cell.json`,
    JSON.stringify(record, null, 2) + "\n",
  );
}
