/**
 * Compares the time of a training epoch with the time of its steps alone. An epoch also writes
 * records, sheets of images and checkpoints.
 */
import type { Engine } from "../engine/engine.ts";
import type { ByteImages } from "../images.ts";
import { createRun } from "../runs/run_folder.ts";
import { trainRun } from "../runs/train_run.ts";
import type { TrainOptions } from "../training/gan/options.ts";
import { stepsPerEpoch } from "../training/run_length.ts";
import type { Contender } from "./contender.ts";

/**
 * Times the second epoch of a training run.
 *
 * @param steps contender that takes the same steps outside the run. These steps are timed before
 * and after the run, because the speed of the machine drifts.
 * @returns the time of the epoch divided by the time of its steps alone
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
