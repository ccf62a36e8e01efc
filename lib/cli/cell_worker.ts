/**
 * Trains and judges cells with one engine and one progress bar. A cell is an experiment with one
 * seed.
 */
import { loadMnist } from "../dataset/mnist.ts";
import type { EngineChoice } from "../engine/engine.ts";
import { openCellJudge } from "../experiments/cells/cell_judge.ts";
import type { Cell } from "../experiments/cells/cells.ts";
import { runCells } from "../experiments/cells/run_cells.ts";
import { showCells } from "./show_cells.ts";
import { startVisibly } from "./start_visibly.ts";
import { stopOnSignals } from "./stop_on_signals.ts";

export interface CellWorkerOptions {
  readonly root: string;
  readonly retry?: boolean;
  readonly lenet?: string;
  readonly samples: number;
  readonly engine: EngineChoice;
  readonly data?: string;
}

export interface CellWorker {
  /**
   * Trains and judges all cells that are not finished.
   *
   * @returns whether Ctrl-C stopped the work, and the number of broken cells
   */
  work(cells: readonly Cell[]): Promise<{ stopped: boolean; broken: number }>;
  dispose(): void;
}

/** Opens a worker. Ctrl-C stops the worker after the current training step. */
export async function openCellWorker(
  { root, retry, lenet, samples, engine: choice, data }: CellWorkerOptions,
): Promise<CellWorker> {
  const signal = stopOnSignals();
  const engine = await startVisibly({
    engine: choice,
    signal,
    parallelism: "across-operations",
  });
  const mnist = await loadMnist(data === undefined ? {} : { directory: data });
  const judge = await openCellJudge(mnist, { lenet, samples });
  return {
    async work(cells) {
      const display = showCells(cells);
      const options = { root, retry, engine, mnist, judge, signal };
      try {
        for await (const report of runCells(cells, options)) {
          display.show(report);
        }
      } finally {
        display.stop();
      }
      return { stopped: signal.aborted, broken: display.broken };
    },
    dispose: () => judge.dispose(),
  };
}
