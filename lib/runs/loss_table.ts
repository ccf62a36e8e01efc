/**
 * losses.csv: a row every 100 steps and a row every epoch, each the mean over the steps that it
 * covers.
 *
 * Timings are not in it: two runs with the same seed write the same file.
 */
import pl from "nodejs-polars";
import { writeAtomically } from "../system/atomic_write.ts";
import type { Values } from "../training/progress.ts";

/** What a row is the mean of: up to 100 steps, or an epoch. */
export type RowScope = "steps" | "epoch";

/** Steps between rows of the scope `steps`. */
export const ROW_STEPS = 100;

/**
 * A table in a file that rows are added to; its columns are scope, step, epoch and the measures.
 * What is measured once an epoch is left blank in the other rows.
 */
export class LossTable<Measure extends string> {
  readonly #path: string;
  readonly #measures: readonly Measure[];

  private constructor(path: string, measures: readonly Measure[]) {
    this.#path = path;
    this.#measures = measures;
  }

  /**
   * Opens the table; rows after step `upTo`, which a run wrote after its last checkpoint, are
   * dropped: it will write them again.
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
    // A row that a crash cut short has no end of line.
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

  /** The rows of one scope, in order; NaN stands for what is blank. */
  read(scope: RowScope): ({ readonly step: number } & Values<Measure>)[] {
    const table = pl.readCSV(this.#path).filter(
      pl.col("scope").eq(pl.lit(scope)),
    );
    return table.toRecords().map((row) => {
      const values = this.#measures.map((measure) =>
        [measure, Number(row[columnOf(measure)] ?? NaN)] as const
      );
      return {
        step: Number(row.step),
        ...Object.fromEntries(values) as Record<Measure, number>,
      };
    });
  }
}

/** `discriminatorLoss` is the column discriminator_loss. */
function columnOf(measure: string): string {
  return measure.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The last step in a run's table of losses; 0 where there is none. */
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
