/**
 * Collects the finished cells of grids for a report, and checks that these cells can be compared
 * with each other. A cell is a run of an experiment with a certain seed and number of steps.
 */
import type { Reported } from "../experiment.ts";
import type { ExperimentGrid, GridRow } from "../experiment.ts";
import type { Engine } from "../../engine/engine.ts";
import { RunError } from "../../runs/run_folder.ts";
import { type Cell, type CellsOptions, listCells, nameOf } from "../cells/cells.ts";
import { type CellState, type FinishedCell, readState } from "../cells/cell_state.ts";
import { findMixture } from "./cell_conditions.ts";

/** A finished cell with its results. */
export interface GatheredCell extends FinishedCell {
  readonly cell: Cell;
}

/** A row of a grid with its finished cells, which are in the order of their seeds. */
export interface GatheredRow {
  readonly experiment: string;
  readonly label: string;
  readonly reported: Reported | undefined;
  readonly cells: readonly GatheredCell[];
  /** The seeds whose cells are not finished. For each seed, `why` gives the reason. */
  readonly missing: readonly { readonly seed: number; readonly why: string }[];
}

export interface GatheredGrid extends Pick<ExperimentGrid, "name" | "title" | "question"> {
  /** The name of the base experiment, with which the other rows are compared. */
  readonly base: string;
  readonly rows: readonly GatheredRow[];
}

/**
 * Returns whether the base has finished cells. Without them, the other rows cannot be compared with
 * the base.
 */
export function hasBase({ rows, base }: Pick<GatheredGrid, "rows" | "base">): boolean {
  return rows.some(({ experiment, cells }) => experiment === base && cells.length > 0);
}

export interface Gathered {
  readonly grids: readonly GatheredGrid[];
  readonly steps: number;
  /** The engine on which all cells were trained. */
  readonly engine: Engine;
}

/**
 * Collects the finished cells of the given grids.
 *
 * @throws {RunError} when no cell is finished, or when the finished cells were not trained and
 * judged under the same conditions
 */
export async function gather(
  root: string,
  grids: readonly ExperimentGrid[],
  options: CellsOptions,
): Promise<Gathered> {
  const states = new Map<string, CellState>();
  const cells = listCells(grids, options);
  await Promise.all(cells.map(async (cell) => {
    states.set(nameOf(cell), await readState(root, cell));
  }));
  const finished = cells.flatMap((cell): GatheredCell[] => {
    const state = states.get(nameOf(cell))!;
    return state.kind === "finished" ? [{ ...state, cell }] : [];
  });
  const engine = requireAlike(root, finished);
  const rowOf = ({ experiment, label, reported }: GridRow): GatheredRow => {
    const own = cells.filter((cell) => cell.experiment.name === experiment.name);
    return {
      experiment: experiment.name,
      label,
      reported,
      cells: finished.filter(({ cell }) => own.includes(cell)),
      missing: own.flatMap((cell) => {
        const state = states.get(nameOf(cell))!;
        return state.kind === "finished" ? [] : [{ seed: cell.seed, why: explain(state) }];
      }),
    };
  };
  return {
    grids: grids.map(({ name, title, question, base, rows }) => ({
      name,
      title,
      question,
      base: base.name,
      rows: rows.map(rowOf),
    })),
    steps: options.steps,
    engine,
  };
}

function explain(state: Exclude<CellState, FinishedCell>): string {
  switch (state.kind) {
    case "absent":
      return "not begun";
    case "stopped":
    case "running":
      return `at step ${state.step}`;
    case "broken":
      return state.problem;
  }
}

/**
 * Checks that all cells were trained and judged under the same conditions.
 *
 * @returns the engine of the cells
 */
function requireAlike(root: string, cells: readonly GatheredCell[]): Engine {
  const [first] = cells;
  if (!first) {
    throw new RunError(
      `Reporting on ${root}: wanted finished cells, found none. To train them: deno task experiments run`,
    );
  }
  const mixture = findMixture(cells);
  if (mixture) {
    const { one, other, differences } = mixture;
    throw new RunError(
      `Reporting on ${root}: '${nameOf(one.cell)}' and '${nameOf(other.cell)}' do not ` +
        `belong in one table: ${differences.join("; ")}. Move one of them away, or run it again.`,
    );
  }
  return first.summary.engine;
}
