/** What a whole epoch of a run costs beside its steps alone: recording, sheets, checkpoints. */
import type { Engine } from "../engine/engine.ts";
import type { ByteImages } from "../images.ts";
import { createRun } from "../runs/run_folder.ts";
import { trainRun } from "../runs/train_run.ts";
import type { TrainOptions } from "../training/options.ts";
import { stepsPerEpoch } from "../training/train_gan.ts";
import type { Contender } from "./contender.ts";
import { summarize } from "./rounds.ts";

const STEPS = 100;

/**
 * Trains a run of two epochs and times the second one, from the end of the first to its own end.
 *
 * @param steps takes the same steps without a run; timed before and after
 * @returns the epoch's time, over that of as many steps
 */
export async function measureEpoch(
  images: ByteImages,
  options: TrainOptions,
  engine: Engine,
  steps: Contender,
): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan-bench-" });
  try {
    const before = await steps.time(STEPS);
    const run = await createRun(folder, "epoch", { ...options, epochs: 2 });
    const ends: number[] = [];
    for await (const report of trainRun(run, images, { engine })) {
      if (report.kind === "epoch") ends.push(performance.now());
    }
    const after = await steps.time(STEPS);
    const step = summarize("step", [[...before, ...after]]).median;
    return (ends[1] - ends[0]) / (stepsPerEpoch(images, options) * step);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
