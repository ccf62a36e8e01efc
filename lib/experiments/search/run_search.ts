/**
 * Runs a search rung by rung, where a rung is one round of training. The plan and the cells of the
 * search are saved in its folder. An interrupted search can therefore be resumed by running it
 * again.
 */
import type { Cell } from "../cells/cells.ts";
import { claimPlan } from "./plan_file.ts";
import { firstRung, nextRung, type Rung, type SearchPlan, standingsOf } from "./search.ts";

export interface RunSearchOptions {
  /** The folder of the search. */
  readonly root: string;
  /**
   * Trains and judges the given cells. Skips cells that are finished and cells that another process
   * is working on. Returns whether the work was stopped before it was complete.
   */
  readonly work: (cells: readonly Cell[]) => Promise<{ readonly stopped: boolean }>;
  /** Called after each finished rung. */
  readonly onRung?: (rung: Rung) => Promise<void> | void;
}

/**
 * Says how a call to {@linkcode runSearch} ended. `elsewhere` means that the current rung is not
 * finished because another process is training some of its cells.
 */
export type SearchEnd = "finished" | "stopped" | "elsewhere";

/**
 * Runs the rungs of a search, one after the other.
 *
 * @throws {UserError} when the folder contains a search with a different plan
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
