/**
 * Works on the cells of the tiny grid in its own process, as `deno task experiments run` does with
 * the large grids. The argument is a {@linkcode WorkerOptions} as JSON. The worker prints `ready`
 * when it starts to work.
 */
import { openCellJudge } from "../../lib/experiments/cells/cell_judge.ts";
import { nameOf, parseShard, takeShard } from "../../lib/experiments/cells/cells.ts";
import { type CellsReport, runCells } from "../../lib/experiments/cells/run_cells.ts";
import { reportError } from "../../lib/cli/report_error.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { TINY_SAMPLES, tinyCells, tinyMnist } from "./tiny_experiments.ts";

export interface WorkerOptions {
  /** Folder of the experiments. */
  readonly root: string;
  /** Folder in which results for real images are cached. */
  readonly cache: string;
  /** The part of the cells to work on, such as `1/2`. */
  readonly shard?: string;
  /**
   * File to which the worker appends what it does, as one line of JSON for each
   * {@linkcode JournalEntry}. Several workers may share the file. Its lines are in the order in
   * which they were written, even if a worker is killed.
   */
  readonly journal?: string;
  /** The step of its first cell at which the worker kills itself. */
  readonly diesAt?: number;
}

/** What a worker has done with a cell. */
export interface JournalEntry {
  readonly pid: number;
  readonly cell: string;
  /**
   * `start`, `step` and `end` are noted while the worker owns the cell. The other kinds mean that
   * it left the cell alone.
   */
  readonly kind: "start" | "step" | "end" | "finished-before" | "elsewhere" | "broken";
  readonly step?: number;
}

async function work({ root, cache, shard, journal, diesAt }: WorkerOptions): Promise<void> {
  // The engine has the same thread settings as in the tests, so results can be compared bit for
  // bit.
  const engine = await startEngine({ engine: "native" });
  const mnist = await tinyMnist();
  const judge = await openCellJudge(mnist, { samples: TINY_SAMPLES, cache });
  const cells = shard ? takeShard(tinyCells(), parseShard(shard)) : tinyCells();
  using file = journal ? await Deno.open(journal, { append: true, create: true }) : undefined;
  console.log("ready");
  for await (const report of runCells(cells, { root, engine, mnist, judge })) {
    const entry = entryOf(report);
    if (!entry) continue;
    // A single write, so that lines of several workers are never mixed.
    file?.writeSync(new TextEncoder().encode(JSON.stringify(entry) + "\n"));
    if (entry.kind === "step" && entry.step === diesAt) Deno.kill(Deno.pid, "SIGKILL");
  }
}

function entryOf(report: CellsReport): JournalEntry | undefined {
  const common = { pid: Deno.pid, cell: nameOf(report.cell) };
  if (report.kind !== "progress") return { ...common, kind: report.kind };
  const { report: inner } = report;
  if (inner.kind === "end") return { ...common, kind: "end" };
  if (inner.kind !== "start" && inner.kind !== "step") return undefined;
  return { ...common, kind: inner.kind, step: inner.step };
}

if (import.meta.main) {
  await work(JSON.parse(Deno.args[0])).catch(reportError);
  Deno.exit();
}
