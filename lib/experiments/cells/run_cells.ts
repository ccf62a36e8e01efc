/**
 * Trains and judges cells one after the other. Skips cells that are finished and cells that another
 * process is working on. Reports broken cells, or restarts them if `retry` is true. Several
 * processes may work on the same list of cells at the same time.
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
import { type CellReport, clearFinished, runCell } from "./run_cell.ts";

export interface RunCellsOptions {
  /** The folder that contains the cells of all experiments. */
  readonly root: string;
  readonly engine: Engine;
  readonly mnist: Mnist;
  readonly judge: CellJudge;
  /**
   * A signal that stops the work. The current step is finished first, and a checkpoint is saved.
   */
  readonly signal?: AbortSignal | undefined;
  /** Whether broken cells are restarted from scratch; default false. */
  readonly retry?: boolean | undefined;
}

/** A report on one cell. The reports come in the order of the cells. */
export type CellsReport =
  & {
    readonly cell: Cell;
    /** Index of the cell in the list of all cells, from 0. */
    readonly index: number;
  }
  & (
    | { readonly kind: "finished-before" }
    | { readonly kind: "elsewhere"; readonly message: string }
    | { readonly kind: "broken"; readonly message: string }
    | { readonly kind: "progress"; readonly report: CellReport }
  );

/**
 * Trains and judges cells one after the other. Yields reports on each cell.
 *
 * @throws {Deno.errors.NotCapable | Error} when files cannot be written, because then no other cell
 * could be saved either; the error is the one that the operating system or Deno reported
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
  if (state.kind === "finished") {
    await clearFinished(folderOf(root, cell)).catch(ignoreClaim);
    return yield { kind: "finished-before" };
  }
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

/** Ignores the error that another process is working on a run. */
function ignoreClaim(error: unknown): void {
  if (!(error instanceof RunClaimedError)) throw error;
}

/**
 * Returns the report on a cell that failed with an error. If the error would also occur in all
 * other cells, throws it again instead.
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
