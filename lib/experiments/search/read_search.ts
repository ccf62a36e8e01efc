/**
 * Reads the progress of a search from the files in its folder. A search consists of several rounds
 * of training, which are called rungs.
 */
import { readState } from "../cells/cell_state.ts";
import { readPlan } from "./plan_file.ts";
import {
  firstRung,
  nextRung,
  type Rung,
  type SearchPlan,
  type Standing,
  standingsOf,
} from "./search.ts";

export interface ReadRung extends Rung {
  /** Number of cells whose training has begun. */
  readonly begun: number;
  /**
   * The results of the cells, from best to worst. Undefined until every cell is finished or broken.
   */
  readonly standings: readonly Standing[] | undefined;
}

export interface ReadSearch {
  readonly plan: SearchPlan;
  /**
   * The rungs that the search has reached. All of them are finished, except perhaps the last one.
   */
  readonly rungs: readonly ReadRung[];
  /** The best candidate of the last rung; undefined until the search is finished. */
  readonly winner: Standing | undefined;
}

/** Reads the search in a folder. Returns undefined if the folder contains no search. */
export async function readSearch(root: string): Promise<ReadSearch | undefined> {
  const plan = await readPlan(root);
  if (!plan) return undefined;
  const rungs: ReadRung[] = [];
  let rung: Rung | undefined = firstRung(plan);
  while (rung) {
    const states = await Promise.all(rung.cells.map((cell) => readState(root, cell)));
    const begun = states.filter(({ kind }) => kind !== "absent").length;
    const standings = await standingsOf(root, rung);
    rungs.push({ ...rung, begun, standings });
    rung = standings && nextRung(plan, standings, rungs.length - 1);
  }
  const best = rungs.at(-1)?.standings?.[0];
  return { plan, rungs, winner: best?.result && best };
}
