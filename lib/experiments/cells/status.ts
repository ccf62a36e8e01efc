/**
 * Shows the status of cells: the number of cells in each state, and the estimated remaining time.
 */
import { alignColumns } from "../../display/align_columns.ts";
import { duration } from "../../display/progress.ts";
import { type Cell, nameOf } from "./cells.ts";
import { type CellState, readState } from "./cell_state.ts";
import { isWhollyTimed, recordedSeconds, secondsPerStep } from "./cell_times.ts";

export interface CellStatus {
  readonly cell: Cell;
  readonly state: CellState;
}

export interface Status {
  readonly cells: readonly CellStatus[];
  /**
   * Estimated number of seconds until all cells are finished. The estimate uses the finished cells
   * that were timed over all of their steps. It assumes that the number of running processes stays
   * the same. If no process is running, the estimate assumes one process. Undefined if no cell was
   * timed over all of its steps yet.
   */
  readonly secondsLeft: number | undefined;
}

/** Reads the state of each cell, and estimates the remaining time. */
export async function readStatus(
  root: string,
  cells: readonly Cell[],
): Promise<Status> {
  const states = await Promise.all(
    cells.map(async (cell) => ({ cell, state: await readState(root, cell) })),
  );
  return { cells: states, secondsLeft: secondsLeft(states) };
}

function secondsLeft(states: readonly CellStatus[]): number | undefined {
  const finished = states.flatMap(({ state }) => state.kind === "finished" ? [state] : []);
  const rate = secondsPerStep(finished);
  let [missing, workers] = [0, 0];
  for (const { cell, state } of states) {
    switch (state.kind) {
      case "running":
        workers++;
        missing += cell.steps - state.step;
        break;
      case "stopped":
        missing += cell.steps - state.step;
        break;
      case "absent":
        missing += cell.steps;
    }
  }
  return rate === undefined ? undefined : rate * missing / Math.max(1, workers);
}

/** The states that a cell can have, from best to worst. */
const kinds = ["finished", "running", "stopped", "absent", "broken"] as const;

/**
 * Returns the status as text. The first line gives the number of cells in each state. The next line
 * gives the remaining time, if it is known and not zero. After that, there is a line for each
 * running or broken cell. If `all` is true, there is a line for every cell.
 */
export function formatStatus(
  { cells, secondsLeft }: Status,
  all = false,
): string {
  const counts = kinds.map((kind) =>
    [kind, cells.filter(({ state }) => state.kind === kind).length] as const
  );
  const shown = cells.filter(({ state }) =>
    all || state.kind === "running" || state.kind === "broken"
  );
  const rows = shown.map(({ cell, state }) => [
    nameOf(cell),
    state.kind,
    detail(cell, state),
  ]);
  const found = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`);
  return [
    `${cells.length} cells: ${found.join(", ")}`,
    ...(secondsLeft === undefined || secondsLeft === 0
      ? []
      : [`About ${duration(secondsLeft)} left`]),
    ...(rows.length > 0 ? [alignColumns(rows)] : []),
  ].join("\n");
}

function detail({ steps }: Cell, state: CellState): string {
  switch (state.kind) {
    case "running":
      return `step ${state.step} of ${steps}, process ${state.owner.pid} on ${state.owner.host}`;
    case "stopped":
      return `step ${state.step} of ${steps}`;
    case "broken":
      return state.problem;
    case "finished":
      return (isWhollyTimed(state) ? "" : "at least ") + duration(recordedSeconds(state));
    case "absent":
      return "";
  }
}
