/**
 * Successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and
 * hyperparameter optimization", 2016): all candidates are trained for few steps, the better half
 * for twice as many, and so on.
 *
 * Learning rates fall over a cell's own steps, so each rung trains anew; a rung is cells like any
 * others, and a search that was stopped goes on where it was.
 */
import type { Cell } from "../cells/cells.ts";
import { readState } from "../cells/cell_state.ts";
import type { Experiment } from "../experiment.ts";
import { shortfall } from "./goals.ts";

export interface SearchOptions {
  /** Candidates of the first rung. */
  readonly candidates: readonly Experiment[];
  /** Steps of the first rung; each further one has twice as many. */
  readonly steps: number;
  readonly rungs: number;
}

/** A rung whose cells are all done, the best first; broken cells are last. */
export interface Standing {
  readonly cell: Cell;
  /** Distance from the goals; infinite for a broken cell. */
  readonly shortfall: number;
}

export interface Rung {
  readonly steps: number;
  readonly cells: readonly Cell[];
}

/** All training steps of a search. */
export function budgetOf(
  { candidates, steps, rungs }: SearchOptions,
): number {
  let total = 0;
  for (let rung = 0; rung < rungs; rung++) {
    total += countOf(candidates.length, rung) * steps * 2 ** rung;
  }
  return total;
}

/** The cells of the first rung. */
export function firstRung({ candidates, steps }: SearchOptions): Rung {
  return rungOf(candidates, steps);
}

/** The cells of the rung after one, for the better half; undefined after the last. */
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

/** Candidates of a rung: each has half of those before it, and one at least. */
function countOf(candidates: number, rung: number): number {
  return Math.max(1, Math.ceil(candidates / 2 ** rung));
}

function rungOf(experiments: readonly Experiment[], steps: number): Rung {
  return {
    steps,
    cells: experiments.map((experiment) => ({ experiment, seed: 1, steps })),
  };
}

/**
 * The order of a rung's cells, the best first; undefined while one is neither finished nor broken.
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
