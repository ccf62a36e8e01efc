/** Lists cells. A cell is an experiment with one seed, trained for a number of steps. */
import type { TrainOptions } from "../../training/gan/options.ts";
import { OptionsError } from "../../system/parse_options.ts";
import type { Experiment, ExperimentGrid } from "../experiment.ts";

/** The unit of training and judging. */
export interface Cell {
  readonly experiment: Experiment;
  readonly seed: number;
  readonly steps: number;
}

export interface CellsOptions {
  /** Number of seeds, which start at 1. */
  readonly seeds: number;
  readonly steps: number;
}

/**
 * Returns the cells of some grids. If an experiment is in several grids, its cells are listed only
 * once.
 *
 * All experiments with one seed come before those with the next seed, so that each table is
 * complete early, with one seed at first and with more seeds later.
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

/** One of `count` parts into which the cells are divided; `index` is its number, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Reads a shard such as `2/4`.
 *
 * @throws {OptionsError} when the string is not a shard
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
 * Returns the cells of a shard. A shard consists of every `count`th cell, so that each shard gets
 * an equal part of every table.
 */
export function takeShard(
  cells: readonly Cell[],
  { index, count }: Shard,
): Cell[] {
  return cells.filter((_, i) => i % count === index - 1);
}

/** Returns the training options of a cell. */
export function optionsOf({ experiment, seed, steps }: Cell): TrainOptions {
  return Object.freeze({ ...experiment.options, seed, steps });
}

/** Returns the name of a cell. */
export function nameOf({ experiment, seed }: Cell): string {
  return `${experiment.name}, seed ${seed}`;
}

/** Returns the folder of a cell, which is below the folder of all experiments. */
export function folderOf(
  root: string,
  { experiment, seed, steps }: Cell,
): string {
  return `${root}/${steps}-steps/${experiment.name}/seed-${seed}`;
}
