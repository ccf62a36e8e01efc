/**
 * Compares the losses at the end of training with the losses that an ideal generator and an ideal
 * discriminator would have. The comparison is made for each row of a grid.
 */
import { sampleRankCorrelation } from "simple-statistics";
import { type EndLosses, endLosses } from "../report/end_losses.ts";
import type { GatheredGrid } from "../report/gather.ts";

export interface LossLevel extends EndLosses {
  /** The row's label. */
  readonly row: string;
  readonly seeds: number;
}

/** Returns the final losses and the ideal losses of all rows that have finished cells. */
export function lossLevels({ rows }: Pick<GatheredGrid, "rows">, root: string): LossLevel[] {
  return rows.flatMap((row) => {
    const losses = endLosses(row, root);
    return losses ? [{ row: row.label, seeds: row.cells.length, ...losses }] : [];
  });
}

const networks = ["discriminator", "generator"] as const;

/**
 * Describes how far the final losses are from the ideal losses, and how well the final losses of
 * the rows correlate with the ideal losses.
 */
export function describeLevels(levels: readonly LossLevel[]): string[] {
  const sides = levels.map(({ row, measured, ideal }) => {
    const [d, g] = networks.map((network) => {
      const gap = measured[network] - ideal[network];
      return `${Math.abs(gap).toFixed(3)} ${gap < 0 ? "below" : "above"}`;
    });
    return `${row}: discriminator ${d}, generator ${g}`;
  });
  return [
    `Final losses compared with the resting lines: ${sides.join("; ")}.`,
    ...(levels.length < 3 ? [] : [
      `Over ${levels.length} label policies, the rank correlation of the final losses with the ` +
      `resting lines is ` +
      networks.map((network) => `${follow(levels, network)} for the ${network}`).join(" and ") +
      ".",
    ]),
  ];
}

function follow(
  levels: readonly LossLevel[],
  network: (typeof networks)[number],
): string {
  return sampleRankCorrelation(
    levels.map(({ measured }) => measured[network]),
    levels.map(({ ideal }) => ideal[network]),
  ).toFixed(2).replace("-", "−");
}
