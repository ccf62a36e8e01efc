/**
 * Runs a search rung by rung. The folder of a search contains its plan and its cells, so an
 * interrupted search is resumed by starting it again.
 */
import type { Cell } from "../cells/cells.ts";
import { claimPlan } from "./plan_file.ts";
import { firstRung, nextRung, type Rung, type SearchPlan, standingsOf } from "./search.ts";

export interface RunSearchOptions {
  /** The folder of the search. */
  readonly root: string;
  /**
   * Trains and judges the cells that are not finished and that no other process is working on.
   * Returns whether it was stopped.
   */
  readonly work: (cells: readonly Cell[]) => Promise<{ readonly stopped: boolean }>;
  /** Called after each rung. */
  readonly onRung?: (rung: Rung) => Promise<void> | void;
}

/** How a search ended; `elsewhere` means that another process is training cells of the rung. */
export type SearchEnd = "finished" | "stopped" | "elsewhere";

/**
 * Works through the rungs of a search.
 *
 * @throws {UserError} when the folder contains a search with another plan
 */
export async function runSearch(
  plan: SearchPlan,
  { root, work, onRung }: RunSearchOptions,
): Promise<SearchEnd> {
  await claimPlan(root, plan);
  let rung: Rung | undefined = firstRung(plan);
  for (let i = 0; rung; i++) {
    if ((await work(rung.cells)).stopped) return "stopped";
    const standings = await standingsOf(root, rung);
    if (!standings) return "elsewhere";
    await onRung?.(rung);
    rung = nextRung(plan, standings, i);
  }
  return "finished";
}
