/**
 * Implements successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification
 * and hyperparameter optimization", 2016): trains all candidates for a few steps, then the better
 * half for twice as many steps, and so on.
 *
 * Each rung trains its candidates from scratch, because the decay of the learning rates depends on
 * a cell's total number of steps. A rung consists of ordinary cells, so an interrupted search
 * resumes where it stopped.
 */
import type { Cell } from "../cells/cells.ts";
import { readState } from "../cells/cell_state.ts";
import type { Experiment } from "../experiment.ts";
import { shortfall } from "./goals.ts";

export interface SearchOptions {
  /** The candidates in the first rung. */
  readonly candidates: readonly Experiment[];
  /** Number of steps in the first rung; each further rung has twice as many. */
  readonly steps: number;
  readonly rungs: number;
}

/** A cell's result in a finished rung. */
export interface Standing {
  readonly cell: Cell;
  /** Distance from the goals; infinite for a broken cell. */
  readonly shortfall: number;
}

export interface Rung {
  readonly steps: number;
  readonly cells: readonly Cell[];
}

/** Returns the total number of training steps in a search. */
export function budgetOf(
  { candidates, steps, rungs }: SearchOptions,
): number {
  let total = 0;
  for (let rung = 0; rung < rungs; rung++) {
    total += countOf(candidates.length, rung) * steps * 2 ** rung;
  }
  return total;
}

/** Returns the cells of the first rung. */
export function firstRung({ candidates, steps }: SearchOptions): Rung {
  return rungOf(candidates, steps);
}

/**
 * Returns the cells of the next rung, for the better half of the candidates, or undefined after the
 * last rung.
 */
export function nextRung(
  { candidates, steps, rungs }: SearchOptions,
  standings: readonly Standing[],
  rung: number,
): Rung | undefined {
  if (rung + 1 >= rungs) return undefined;
  const better = standings.slice(0, countOf(candidates.length, rung + 1))
    .filter(({ shortfall }) => Number.isFinite(shortfall))
    .map(({ cell }) => cell.experiment);
  return better.length === 0 ? undefined : rungOf(better, steps * 2 ** (rung + 1));
}

/**
 * Returns the number of candidates in a rung. Each rung has half as many candidates as the previous
 * one (rounded up), but at least one.
 */
export function countOf(candidates: number, rung: number): number {
  return Math.max(1, Math.ceil(candidates / 2 ** rung));
}

function rungOf(experiments: readonly Experiment[], steps: number): Rung {
  return {
    steps,
    cells: experiments.map((experiment) => ({ experiment, seed: 1, steps })),
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
    if (state.kind === "broken") standings.push({ cell, shortfall: Infinity });
    else if (state.kind !== "finished") return undefined;
    else {
      standings.push({ cell, shortfall: shortfall(state.evaluations) });
    }
  }
  return standings.toSorted((a, b) => a.shortfall - b.shortfall);
}
