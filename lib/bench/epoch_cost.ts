/**
 * Compares the time of an epoch with the time of its steps. An epoch also includes recording,
 * sheets and checkpoints.
 */
import type { Engine } from "../engine/engine.ts";
import type { ByteImages } from "../images.ts";
import { createRun } from "../runs/run_folder.ts";
import { trainRun } from "../runs/train_run.ts";
import type { TrainOptions } from "../training/gan/options.ts";
import { stepsPerEpoch } from "../training/run_length.ts";
import type { Contender } from "./contender.ts";

/**
 * Times the second epoch of a run.
 *
 * @param steps takes the same steps outside the run, before and after it: a machine's speed drifts
 * @returns the epoch's time divided by the time of its steps alone
 */
export async function measureEpoch(
  images: ByteImages,
  options: TrainOptions,
  engine: Engine,
  steps: Contender,
): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan-bench-" });
  try {
    const count = stepsPerEpoch(images, options);
    const before = await steps.time(count);
    const run = await createRun(folder, "epoch", { ...options, epochs: 2 });
    const ends: number[] = [];
    for await (const report of trainRun(run, images, { engine })) {
      if (report.kind === "epoch") ends.push(performance.now());
    }
    const after = await steps.time(count);
    const alone = [...before, ...after].reduce((sum, ms) => sum + ms, 0) / 2;
    return (ends[1] - ends[0]) / alone;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
