/**
 * Implements successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification
 * and hyperparameter optimization", 2016): trains all candidates for a short time, then the better
 * half for twice as long, and so on.
 *
 * All candidates of a rung get the same cost, so a large network takes fewer steps than a small
 * one. Each rung trains its candidates from scratch, because the decay of the learning rates
 * depends on a cell's total number of steps. A rung consists of ordinary cells, so an interrupted
 * search resumes where it stopped.
 */
import type { Cell } from "../cells/cells.ts";
import { type FinishedCell, readState } from "../cells/cell_state.ts";
import type { SearchCandidate } from "./candidates.ts";
import { compareShortfalls, type Shortfall, shortfall } from "./goals.ts";
import { stepCost } from "./step_cost.ts";

export interface SearchPlan {
  /** The candidates in the first rung. */
  readonly candidates: readonly SearchCandidate[];
  /** Cost of all training in the search. A step of the base costs 1. */
  readonly budget: number;
  readonly rungs: number;
}

/** A cell's result in a finished rung. */
export interface Standing {
  readonly cell: Cell;
  /** Distance from the goals; undefined for a broken cell. */
  readonly shortfall: Shortfall | undefined;
  /** The result of the cell; undefined for a broken cell. */
  readonly result?: FinishedCell | undefined;
}

export interface Rung {
  /** Cost of training one of the cells. */
  readonly cost: number;
  readonly cells: readonly Cell[];
}

/** Returns the cells of the first rung. */
export function firstRung(plan: SearchPlan): Rung {
  return rungOf(plan, plan.candidates, 0);
}

/**
 * Returns the cells of the next rung, for the better half of the candidates, or undefined after the
 * last rung.
 *
 * @param standings the result of the rung, best first
 * @param rung index of the rung that is finished, from 0
 */
export function nextRung(
  plan: SearchPlan,
  standings: readonly Standing[],
  rung: number,
): Rung | undefined {
  if (rung + 1 >= plan.rungs) return undefined;
  const better = standings.slice(0, countOf(plan.candidates.length, rung + 1))
    .filter(({ shortfall }) => shortfall !== undefined)
    .map(({ cell }) =>
      plan.candidates.find(({ experiment }) => experiment.name === cell.experiment.name)!
    );
  return better.length === 0 ? undefined : rungOf(plan, better, rung + 1);
}

/**
 * Returns the number of candidates in a rung. Each rung has half as many candidates as the previous
 * one (rounded up), but at least one.
 */
export function countOf(candidates: number, rung: number): number {
  return Math.max(1, Math.ceil(candidates / 2 ** rung));
}

/** Returns the cost of training one candidate in a rung. It doubles from rung to rung. */
export function costOf({ candidates, budget, rungs }: SearchPlan, rung: number): number {
  let shares = 0;
  for (let i = 0; i < rungs; i++) shares += countOf(candidates.length, i) * 2 ** i;
  return budget * 2 ** rung / shares;
}

/** Returns the cells that train the given candidates in a rung. */
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
 * Ranks a rung's cells from best to worst, with broken cells last. Returns undefined until every
 * cell is either finished or broken.
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
