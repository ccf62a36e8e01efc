/** Runs `deno task experiments search`. */
import { drawCandidates } from "../experiments/search/candidates.ts";
import { readSearch } from "../experiments/search/read_search.ts";
import { runSearch } from "../experiments/search/run_search.ts";
import { describePlan, formatRung, formatSearch } from "../experiments/search/search_report.ts";
import { writeAtomically } from "../system/atomic_write.ts";
import { type CellWorkerOptions, openCellWorker } from "./cell_worker.ts";

export interface SearchOptions extends CellWorkerOptions {
  readonly candidates: number;
  readonly budget: number;
  readonly rungs: number;
  readonly dryRun?: boolean;
}

/**
 * Runs or resumes a search, and writes its report after each rung.
 *
 * @throws {UserError} when the folder contains a search with a different plan
 */
export async function search(options: SearchOptions): Promise<void> {
  const { root, budget, rungs } = options;
  const plan = { candidates: drawCandidates(options.candidates), budget, rungs };
  console.log(describePlan(plan));
  if (options.dryRun) return;
  const worker = await openCellWorker(options);
  try {
    const end = await runSearch(plan, { root, work: worker.work, onRung: () => report(root) });
    if (end === "elsewhere") {
      console.log(
        "Another process is training cells of this rung. Run the command again when they are done.",
      );
    }
  } finally {
    worker.dispose();
  }
}

/**
 * Writes the report on a search, and prints the results of the rung (the round of training) that
 * has just finished.
 */
async function report(root: string): Promise<void> {
  const found = await readSearch(root);
  if (!found) return;
  await writeAtomically(`${root}/report.md`, formatSearch(found));
  const finished = found.rungs.findLastIndex(({ standings }) => standings !== undefined);
  console.log(`\n${formatRung(found.plan, found.rungs[finished], finished)}`);
  console.log(`\nWritten: ${root}/report.md`);
}
