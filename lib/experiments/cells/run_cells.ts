/**
 * Trains and judges cells, one after the other. Finished ones are passed over, and those that
 * another process works on; broken ones are reported, or started again where that is asked for. Any
 * number of processes may work on the same cells.
 */
import type { Mnist } from "../../dataset/mnist.ts";
import type { Engine } from "../../engine/engine.ts";
import { RunClaimedError } from "../../runs/claim_run.ts";
import { NonFiniteWeightsError } from "../../training/checkpoint.ts";
import { DivergedError } from "../../training/diverged_error.ts";
import { type Cell, folderOf } from "./cells.ts";
import type { CellJudge } from "./cell_judge.ts";
import { emptyRecord, readCellRecord, writeCellRecord } from "./cell_record.ts";
import { readState } from "./cell_state.ts";
import { type CellReport, runCell } from "./run_cell.ts";

export interface RunCellsOptions {
  /** The folder of all experiments. */
  readonly root: string;
  readonly engine: Engine;
  readonly mnist: Mnist;
  readonly judge: CellJudge;
  /** Stops after the step that is being taken, with a checkpoint. */
  readonly signal?: AbortSignal | undefined;
  /** Whether broken cells are started again from nothing; default false. */
  readonly retry?: boolean | undefined;
}

/** What becomes of each cell, in the order of the cells. */
export type CellsReport =
  & {
    readonly cell: Cell;
    /** Place of the cell among all, from 0. */
    readonly index: number;
  }
  & (
    | { readonly kind: "finished-before" }
    | { readonly kind: "elsewhere"; readonly message: string }
    | { readonly kind: "broken"; readonly message: string }
    | { readonly kind: "progress"; readonly report: CellReport }
  );

/**
 * Works through cells.
 *
 * @throws {Deno.errors.NotCapable | Error} what the system says where it can't write: no other cell
 * could be kept either
 */
export async function* runCells(
  cells: readonly Cell[],
  options: RunCellsOptions,
): AsyncGenerator<CellsReport, void, void> {
  for (const [index, cell] of cells.entries()) {
    if (options.signal?.aborted) return;
    for await (const report of runOne(cell, options)) {
      yield { ...report, cell, index };
    }
  }
}

type OneReport = CellsReport extends infer Report
  ? Report extends unknown ? Omit<Report, "cell" | "index"> : never
  : never;

async function* runOne(
  cell: Cell,
  { root, retry = false, ...options }: RunCellsOptions,
): AsyncGenerator<OneReport, void, void> {
  const state = await readState(root, cell);
  if (state.kind === "finished") return yield { kind: "finished-before" };
  if (state.kind === "broken") {
    if (!retry) return yield { kind: "broken", message: state.problem };
    await Deno.remove(folderOf(root, cell), { recursive: true });
  }
  try {
    for await (const report of runCell(cell, { root, ...options })) {
      // Another process has finished it since its state was read.
      if (report.kind === "end" && report.before) {
        return yield { kind: "finished-before" };
      }
      yield { kind: "progress", report };
    }
  } catch (error) {
    yield await explain(error, folderOf(root, cell));
  }
}

/** What is reported of a cell that has failed; what would fail every cell is thrown again. */
async function explain(error: unknown, folder: string): Promise<OneReport> {
  if (error instanceof RunClaimedError) {
    return { kind: "elsewhere", message: error.message };
  }
  if (isOfSystem(error)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  if (
    !(error instanceof DivergedError || error instanceof NonFiniteWeightsError)
  ) {
    const record = await readCellRecord(folder).catch(() => undefined);
    await writeCellRecord(folder, {
      ...record ?? emptyRecord,
      failure: message,
    });
  }
  return { kind: "broken", message: `${folder}: ${message}` };
}

/** A full disk, a folder that may not be written to: errors with the system's code. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error &&
    typeof (error as NodeJS.ErrnoException).code === "string" &&
    /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code!);
}
