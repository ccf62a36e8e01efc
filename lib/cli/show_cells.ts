/**
 * Shows the progress of experiments: a bar for all cells, and a line for each finished or broken
 * cell.
 */
import process from "node:process";
import { startProgress } from "../display/progress.ts";
import { type Cell, nameOf } from "../experiments/cells/cells.ts";
import type { CellsReport } from "../experiments/cells/run_cells.ts";

export interface CellsDisplay {
  show(report: CellsReport): void;
  stop(): void;
  readonly broken: number;
}

/** Shows the progress of the cells. Uses a bar in a terminal, and lines elsewhere. */
export function showCells(cells: readonly Cell[]): CellsDisplay {
  const total = cells.reduce((sum, { steps }) => sum + steps, 0);
  const bar = startProgress({ title: "Experiments", total, unit: "steps" });
  let before = 0;
  let broken = 0;
  return {
    show(report) {
      const { cell, index } = report;
      const place = `cell ${index + 1}/${cells.length} ${nameOf(cell)}`;
      switch (report.kind) {
        case "progress":
          if (report.report.kind === "step" || report.report.kind === "start") {
            const { step } = report.report;
            bar.update(before + step, [place, `step ${step}/${cell.steps}`]);
            return;
          }
          if (report.report.kind !== "end") return;
          // In a terminal, the bar already shows this.
          if (!process.stderr.isTTY) console.log(`Done: ${place}`);
          break;
        case "broken":
          broken++;
          console.error(`Broken: ${report.message}`);
          break;
        case "elsewhere":
          console.error(`Skipped: ${report.message}`);
      }
      before += cell.steps;
      bar.update(before, [place]);
    },
    stop: () => bar.stop(),
    get broken() {
      return broken;
    },
  };
}
