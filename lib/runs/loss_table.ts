/**
 * losses.csv: a row every 100 steps and a row every epoch, each the mean over the steps that it covers.
 *
 * Timings are not in it: two runs with the same seed write the same file.
 */
import pl from "nodejs-polars";
import { writeAtomically } from "../atomic_write.ts";
import type { LossRow } from "../display/loss_chart.ts";
import type { StepValues } from "../training/progress.ts";

/** What a row is the mean of: up to 100 steps, or an epoch. */
export type RowScope = "steps" | "epoch";

/** Steps between rows of the scope `steps`. */
export const ROW_STEPS = 100;

const header =
  "scope,step,epoch,discriminator_loss,generator_loss,real_score,fake_score\n";

/** A table in a file that rows are added to. */
export class LossTable {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Opens the table; rows after step `upTo`, which a run wrote after its last checkpoint, are dropped: it will write them
   * again.
   */
  static async open(path: string, upTo: number): Promise<LossTable> {
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
    return new LossTable(path);
  }

  async add(
    scope: RowScope,
    step: number,
    epoch: number,
    mean: StepValues,
  ): Promise<void> {
    const { discriminatorLoss, generatorLoss, realScore, fakeScore } = mean;
    const numbers = [discriminatorLoss, generatorLoss, realScore, fakeScore]
      .map((value) => value.toFixed(6));
    await Deno.writeTextFile(
      this.#path,
      `${[scope, step, epoch, ...numbers].join(",")}\n`,
      { append: true },
    );
  }

  /** The rows of one scope, in order. */
  read(scope: RowScope): LossRow[] {
    const table = pl.readCSV(this.#path).filter(
      pl.col("scope").eq(pl.lit(scope)),
    );
    return table.toRecords().map((row) => ({
      step: Number(row.step),
      discriminatorLoss: Number(row.discriminator_loss),
      generatorLoss: Number(row.generator_loss),
      realScore: Number(row.real_score),
      fakeScore: Number(row.fake_score),
    }));
  }
}
