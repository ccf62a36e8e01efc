/** Lists cells. A cell is one run of an experiment, with a particular seed and number of steps. */
import type { TrainOptions } from "../../training/gan/options.ts";
import { OptionsError } from "../../system/parse_options.ts";
import type { Experiment, ExperimentGrid } from "../experiment.ts";

/** One run of an experiment, with a particular seed and number of steps. */
export interface Cell {
  readonly experiment: Experiment;
  readonly seed: number;
  readonly steps: number;
}

export interface CellsOptions {
  /** Number of seeds. The seeds are numbered from 1. */
  readonly seeds: number;
  readonly steps: number;
}

/**
 * Returns the cells of the given grids. If an experiment is in several grids, then its cells are
 * listed only once.
 *
 * The cells are ordered by seed: all experiments are run with the first seed before any experiment
 * is run with the second seed. Every table therefore has all its rows once the cells of the first
 * seed are finished, and later seeds only add to these rows.
 */
export function listCells(
  grids: readonly ExperimentGrid[],
  { seeds, steps }: CellsOptions,
): Cell[] {
  const experiments = new Map(
    grids.flatMap(({ rows }) => rows).map(({ experiment }) =>
      [experiment.name, experiment] as const
    ),
  );
  return Array.from(
    { length: seeds },
    (_, i) =>
      [...experiments.values()].map((experiment) => ({
        experiment,
        seed: i + 1,
        steps,
      })),
  ).flat();
}

/**
 * One part of a list of cells. The list is divided into `count` parts, which are numbered from 1.
 * `index` is the number of this part.
 */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Parses a shard such as `2/4`, which means part 2 of 4.
 *
 * @throws {OptionsError} when the text is not a valid shard
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(parseShard("2/4"), { index: 2, count: 4 });
 * assertThrows(() => parseShard("5/4"), Error, "from 1/4 to 4/4");
 * ```
 */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match && index >= 1 && index <= count) return { index, count };
  const wanted = match && count >= 1 ? `from 1/${count} to ${count}/${count}` : "such as 1/4";
  throw new OptionsError(`--shard: wanted a part ${wanted}, found '${text}'.`);
}

/**
 * Returns the cells of a shard. All shards take about the same time, and the seeds of an experiment
 * are spread over as many shards as possible.
 *
 * The cells are given out one by one, the slowest cells first. A cell goes to one of the shards
 * that have the fewest cells of its experiment, namely to the one with the least work so far.
 *
 * @param costOf estimates the cost of a cell, in any unit. Each machine computes its own shard, so
 * the estimate must be the same on all machines. By default, the cost is the number of steps.
 */
export function takeShard(
  cells: readonly Cell[],
  { index, count }: Shard,
  costOf: (cell: Cell) => number = ({ steps }) => steps,
): Cell[] {
  const shards = Array.from({ length: count }, () => ({ work: 0, cells: [] as Cell[] }));
  const order = cells.toSorted((a, b) => costOf(b) - costOf(a));
  for (const cell of order) {
    const isOwn = (other: Cell) => other.experiment === cell.experiment;
    const [least] = shards.map((shard) => ({ shard, own: shard.cells.filter(isOwn).length }))
      .toSorted((a, b) => a.own - b.own || a.shard.work - b.shard.work);
    least.shard.work += costOf(cell);
    least.shard.cells.push(cell);
  }
  const own = shards[index - 1].cells;
  return cells.filter((cell) => own.includes(cell));
}

/** Returns the training options of a cell, including the seed and the number of steps. */
export function optionsOf({ experiment, seed, steps }: Cell): TrainOptions {
  return Object.freeze({ ...experiment.options, seed, steps });
}

/** Returns the name of a cell for messages. */
export function nameOf({ experiment, seed }: Cell): string {
  return `${experiment.name}, seed ${seed}`;
}

/** Returns the path to the folder of a cell. */
export function folderOf(
  root: string,
  { experiment, seed, steps }: Cell,
): string {
  return `${root}/${steps}-steps/${experiment.name}/seed-${seed}`;
}
