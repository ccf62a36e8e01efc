/** Reads a search back from its folder, rung by rung. */
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
  /** Number of cells that have begun. */
  readonly begun: number;
  /** The ranking, best first; undefined while a cell is neither finished nor broken. */
  readonly standings: readonly Standing[] | undefined;
}

export interface ReadSearch {
  readonly plan: SearchPlan;
  /** The rungs whose cells are known, so all but the last of them are finished. */
  readonly rungs: readonly ReadRung[];
  /** The best candidate of the last rung; undefined until the search is finished. */
  readonly winner: Standing | undefined;
}

/** Reads the search in a folder, or returns undefined if there is none. */
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
