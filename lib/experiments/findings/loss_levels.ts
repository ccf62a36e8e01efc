/** Compares the losses at the end of training with those of an ideal pair, row by row. */
import { sampleRankCorrelation } from "simple-statistics";
import { type EndLosses, endLosses } from "../report/end_losses.ts";
import type { GatheredGrid } from "../report/gather.ts";

export interface LossLevel extends EndLosses {
  /** The row's label. */
  readonly row: string;
  readonly seeds: number;
}

/** Returns the levels of the rows that have finished cells. */
export function lossLevels({ rows }: Pick<GatheredGrid, "rows">, root: string): LossLevel[] {
  return rows.flatMap((row) => {
    const losses = endLosses(row, root);
    return losses ? [{ row: row.label, seeds: row.cells.length, ...losses }] : [];
  });
}

const networks = ["discriminator", "generator"] as const;

/** Describes where the losses ended, and whether the levels follow those of an ideal pair. */
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
      `Over ${levels.length} label policies, the rank correlation of measured and resting losses is ` +
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
  ).toFixed(2);
}
