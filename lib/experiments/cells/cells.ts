/** Cells: an experiment with one seed, trained for a number of steps. */
import type { TrainOptions } from "../../training/gan/options.ts";
import { OptionsError } from "../../system/parse_options.ts";
import type { Experiment, ExperimentGrid } from "../experiment.ts";

/** What is trained and judged as one. */
export interface Cell {
  readonly experiment: Experiment;
  readonly seed: number;
  readonly steps: number;
}

export interface CellsOptions {
  /** Seeds 1 to this. */
  readonly seeds: number;
  readonly steps: number;
}

/**
 * The cells of some grids; an experiment in several of them has its cells once.
 *
 * All experiments of a seed come before the next seed, so that a whole table stands early and gains
 * seeds.
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

/** A part of the cells: number `index` of `count`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Reads a shard such as `2/4`.
 *
 * @throws {OptionsError} when the text is none
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

/** The cells of a shard: every `count`th, so that each shard gets of every table about as much. */
export function takeShard(
  cells: readonly Cell[],
  { index, count }: Shard,
): Cell[] {
  return cells.filter((_, i) => i % count === index - 1);
}

/** The options that a cell is trained with. */
export function optionsOf({ experiment, seed, steps }: Cell): TrainOptions {
  return Object.freeze({ ...experiment.options, seed, steps });
}

/** A cell in words. */
export function nameOf({ experiment, seed }: Cell): string {
  return `${experiment.name}, seed ${seed}`;
}

/** Where a cell's files are, below the folder of all experiments. */
export function folderOf(
  root: string,
  { experiment, seed, steps }: Cell,
): string {
  return `${root}/${steps}-steps/${experiment.name}/seed-${seed}`;
}
