/**
 * Writes losses.csv, with one row for every 100 steps and one row for every epoch. Measures that
 * are taken in each step are averaged over the steps that the row covers. The file contains no
 * timings, so two runs with the same seed write identical files.
 */
import pl from "nodejs-polars";
import { writeAtomically } from "../system/atomic_write.ts";
import type { Values } from "../training/progress.ts";

/** The steps that a row covers: either up to 100 steps, or one epoch. */
export type RowScope = "steps" | "epoch";

/** Number of steps that a row with the scope `steps` covers. */
export const ROW_STEPS = 100;

/**
 * A table of losses in a file. Measures that are taken only once per epoch are blank in the rows
 * with the scope `steps`.
 */
export class LossTable<Measure extends string> {
  readonly #path: string;
  readonly #measures: readonly Measure[];

  private constructor(path: string, measures: readonly Measure[]) {
    this.#path = path;
    this.#measures = measures;
  }

  /**
   * Opens the table, and drops the rows after step `upTo`. A resumed run computes the dropped rows
   * again.
   */
  static async open<Measure extends string>(
    path: string,
    measures: readonly Measure[],
    upTo: number,
  ): Promise<LossTable<Measure>> {
    const header = `${["scope", "step", "epoch", ...measures.map(columnOf)].join(",")}\n`;
    const text = await Deno.readTextFile(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return header;
      throw error;
    });
    // A crash may leave an incomplete last row, which has no line ending.
    const rows = text.slice(header.length).split("\n").slice(0, -1);
    const kept = rows.filter((row) => Number(row.split(",")[1]) <= upTo);
    await writeAtomically(
      path,
      header + kept.map((row) => `${row}\n`).join(""),
    );
    return new LossTable(path, measures);
  }

  async add(
    scope: RowScope,
    step: number,
    epoch: number,
    mean: Values,
  ): Promise<void> {
    const numbers = this.#measures.map((measure) => {
      const value = mean[measure] ?? NaN;
      return Number.isNaN(value) ? "" : value.toFixed(6);
    });
    await Deno.writeTextFile(
      this.#path,
      `${[scope, step, epoch, ...numbers].join(",")}\n`,
      { append: true },
    );
  }

  /** Returns the rows with the given scope. A blank measure is returned as NaN. */
  read(scope: RowScope): LossTableRow<Measure>[] {
    return readLosses(this.#path, this.#measures, scope);
  }
}

/** A row of the table of losses. */
export type LossTableRow<Measure extends string> = { readonly step: number } & Values<Measure>;

/** Reads the rows with the given scope from a file. A blank measure is returned as NaN. */
export function readLosses<Measure extends string>(
  path: string,
  measures: readonly Measure[],
  scope: RowScope,
): LossTableRow<Measure>[] {
  const table = pl.readCSV(path).filter(pl.col("scope").eq(pl.lit(scope)));
  return table.toRecords().map((row) => {
    const values = measures.map((measure) =>
      [measure, Number(row[columnOf(measure)] ?? NaN)] as const
    );
    return {
      step: Number(row.step),
      ...Object.fromEntries(values) as Record<Measure, number>,
    };
  });
}

/** Returns the name of a measure's column, such as discriminator_loss for `discriminatorLoss`. */
function columnOf(measure: string): string {
  return measure.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Returns the last step in the losses.csv of a run, or 0 if there is no step. */
export async function lastStep(folder: string): Promise<number> {
  try {
    const text = await Deno.readTextFile(`${folder}/losses.csv`);
    const row = text.trimEnd().split("\n").at(-1)!;
    return Number(row.split(",")[1]) || 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
