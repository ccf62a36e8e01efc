/**
 * Compares a row's losses at the end of training with the losses that an ideal pair of networks
 * would have with the same label smoothing.
 */
import pl from "nodejs-polars";
import { mean } from "simple-statistics";
import { labelPolicies, type RestingLosses, restingLosses } from "../../training/gan/labels.ts";
import { folderOf } from "../cells/cells.ts";
import type { GatheredCell, GatheredRow } from "./gather.ts";

/** The losses are averaged over this fraction of a run's steps, counted from the end of the run. */
const END = 0.1;

export interface EndLosses {
  /** The losses in nats. They are averages over the last tenth of the steps and over the seeds. */
  readonly measured: RestingLosses;
  /**
   * The losses of an ideal pair of networks, whose generated images have the same distribution as
   * real images.
   */
  readonly ideal: RestingLosses;
}

/**
 * Returns a row's losses at the end of training, together with the losses of an ideal pair of
 * networks. Returns undefined if the row has no finished cells.
 */
export function endLosses(
  { cells }: Pick<GatheredRow, "cells">,
  root: string,
): EndLosses | undefined {
  if (cells.length === 0) return undefined;
  const ends = cells.map((cell) => endOf(cell, root));
  const { labels } = cells[0].cell.experiment.options;
  return {
    measured: {
      discriminator: mean(ends.map(({ discriminator }) => discriminator)),
      generator: mean(ends.map(({ generator }) => generator)),
    },
    ideal: restingLosses(labelPolicies[labels]),
  };
}

function endOf({ cell }: GatheredCell, root: string): RestingLosses {
  const rows = pl.readCSV(`${folderOf(root, cell)}/losses.csv`).filter(
    pl.col("scope").eq(pl.lit("steps")).and(
      pl.col("step").gt(pl.lit(cell.steps * (1 - END))),
    ),
  );
  const meanOf = (column: string) => mean(rows.getColumn(column).toArray().map(Number));
  return {
    discriminator: meanOf("discriminator_loss"),
    generator: meanOf("generator_loss"),
  };
}
