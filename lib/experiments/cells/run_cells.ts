/**
 * Trains and judges cells one after the other. Skips cells that are finished and cells that another
 * process is working on. Reports broken cells, or restarts them if `retry` is true. Any number of
 * processes may work on the same cells.
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
  /** The folder that contains all experiments. */
  readonly root: string;
  readonly engine: Engine;
  readonly mnist: Mnist;
  readonly judge: CellJudge;
  /** Stops the work after the current step and saves a checkpoint. */
  readonly signal?: AbortSignal | undefined;
  /** Whether to restart broken cells from scratch; default false. */
  readonly retry?: boolean | undefined;
}

/** A report on a cell. The reports have the same order as the cells. */
export type CellsReport =
  & {
    readonly cell: Cell;
    /** Index of the cell among all cells, from 0. */
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
 * @throws {Deno.errors.NotCapable | Error} when files cannot be written, because then no other cell
 * could be saved either; the error is that of the operating system or of Deno
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
      // In this case, another process finished the cell after its state was read above.
      if (report.kind === "end" && report.before) {
        return yield { kind: "finished-before" };
      }
      yield { kind: "progress", report };
    }
  } catch (error) {
    yield await explain(error, folderOf(root, cell));
  }
}

/**
 * Returns the report on a cell that failed with an error. Rethrows the error if it would also occur
 * in all other cells.
 */
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

/**
 * Returns whether an error has a system code, such as that for a full disk or a read-only folder.
 */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error &&
    typeof (error as NodeJS.ErrnoException).code === "string" &&
    /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code!);
}
