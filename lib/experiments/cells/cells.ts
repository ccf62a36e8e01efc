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
 * Returns the cells of a shard. A shard contains every `count`-th cell, so that the cells of each
 * table are divided evenly among the shards.
 */
export function takeShard(
  cells: readonly Cell[],
  { index, count }: Shard,
): Cell[] {
  return cells.filter((_, i) => i % count === index - 1);
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
