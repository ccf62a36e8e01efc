/**
 * Implements successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification
 * and hyperparameter optimization", 2016). The search trains all candidates for a short time, then
 * trains the better half of them for twice as long, and so on. Each of these rounds is called a
 * rung.
 *
 * All candidates of a rung are trained at the same cost, so a large network is trained for fewer
 * steps than a small network. Each rung trains its candidates from scratch, because the decay of
 * the learning rates depends on the total number of steps, and this number differs between rungs.
 * The training runs of a rung are ordinary cells of an experiment, so an interrupted search can
 * resume where it stopped.
 */
import type { Cell } from "../cells/cells.ts";
import { type FinishedCell, readState } from "../cells/cell_state.ts";
import type { SearchCandidate } from "./candidates.ts";
import { compareShortfalls, type Shortfall, shortfall } from "./goals.ts";
import { stepCost } from "./step_cost.ts";

export interface SearchPlan {
  /** The candidates that are trained in the first rung. */
  readonly candidates: readonly SearchCandidate[];
  /** Total cost of the training in all rungs. One training step of the base experiment costs 1. */
  readonly budget: number;
  readonly rungs: number;
}

/** The result of a cell in a finished rung. */
export interface Standing {
  readonly cell: Cell;
  /** Distance of the cell's scores from the goals; undefined if the cell is broken. */
  readonly shortfall: Shortfall | undefined;
  /** The finished cell with its scores; undefined if the cell is broken. */
  readonly result?: FinishedCell | undefined;
}

export interface Rung {
  /** Cost of training each cell. One training step of the base experiment costs 1. */
  readonly cost: number;
  readonly cells: readonly Cell[];
}

/** Returns the first rung, in which all candidates are trained. */
export function firstRung(plan: SearchPlan): Rung {
  return rungOf(plan, plan.candidates, 0);
}

/**
 * Returns the next rung, in which the better half of the candidates is trained. Returns undefined
 * if the finished rung was the last one, or if all its cells are broken.
 *
 * @param standings the results of the finished rung, from best to worst
 * @param rung index of the finished rung, counted from 0
 */
export function nextRung(
  plan: SearchPlan,
  standings: readonly Standing[],
  rung: number,
): Rung | undefined {
  if (rung + 1 >= plan.rungs) return undefined;
  const better = standings.slice(0, countOf(plan.candidates.length, rung + 1))
    .filter(({ shortfall }) => shortfall !== undefined)
    .map(({ cell }) => candidateOf(plan, cell));
  return better.length === 0 ? undefined : rungOf(plan, better, rung + 1);
}

/** Returns the candidate in the plan that a cell belongs to. */
export function candidateOf({ candidates }: SearchPlan, cell: Cell): SearchCandidate {
  return candidates.find(({ experiment }) => experiment.name === cell.experiment.name)!;
}

/**
 * Returns the number of candidates in a rung. Each rung has half as many candidates as the previous
 * rung, rounded up. The result is at least 1.
 */
export function countOf(candidates: number, rung: number): number {
  return Math.max(1, Math.ceil(candidates / 2 ** rung));
}

/**
 * Returns the cost of training one candidate in a rung. The cost doubles from each rung to the
 * next.
 */
export function costOf({ candidates, budget, rungs }: SearchPlan, rung: number): number {
  let shares = 0;
  for (let i = 0; i < rungs; i++) shares += countOf(candidates.length, i) * 2 ** i;
  return budget * 2 ** rung / shares;
}

/** Returns the rung with the given index, in which the given candidates are trained. */
export function rungOf(
  plan: SearchPlan,
  candidates: readonly SearchCandidate[],
  rung: number,
): Rung {
  const cost = costOf(plan, rung);
  return {
    cost,
    cells: candidates.map(({ experiment }) => ({
      experiment,
      seed: 1,
      steps: Math.max(1, Math.round(cost / stepCost(experiment.options))),
    })),
  };
}

/**
 * Ranks the cells of a rung from best to worst. Broken cells come last. Returns undefined if there
 * is a cell that is neither finished nor broken.
 */
export async function standingsOf(
  root: string,
  { cells }: Rung,
): Promise<Standing[] | undefined> {
  const standings: Standing[] = [];
  for (const cell of cells) {
    const state = await readState(root, cell);
    if (state.kind === "broken") standings.push({ cell, shortfall: undefined });
    else if (state.kind !== "finished") return undefined;
    else standings.push({ cell, shortfall: shortfall(state.evaluations), result: state });
  }
  return standings.toSorted((a, b) => compareShortfalls(a.shortfall, b.shortfall));
}
