/**
 * Trains a GAN and keeps what comes of it in the run's folder, as a stream of reports.
 *
 * A run may be stopped anywhere, by the signal or by force: the folder then holds a checkpoint, and the run that goes on
 * from it ends with the same weights, to the bit, as one that never stopped.
 */
import { writeAtomically } from "../atomic_write.ts";
import { renderChart } from "../display/charts.ts";
import { lossChart } from "../display/loss_chart.ts";
import type { Engine } from "../engine/engine.ts";
import type { ByteImages } from "../images.ts";
import { saveModel } from "../models/save_model.ts";
import {
  createGan,
  disposeGan,
  type Gan,
  trainedState,
} from "../training/gan.ts";
import { stepMeasures } from "../training/gan_step.ts";
import { labelPolicies, restingLosses } from "../training/labels.ts";
import { totalSteps } from "../training/options.ts";
import type { StepReport, StepValues } from "../training/progress.ts";
import { imageSizeOf, stepsPerEpoch, trainGan } from "../training/train_gan.ts";
import { claimEngine } from "./claim_engine.ts";
import { ROW_STEPS } from "./loss_table.ts";
import { Recorder } from "./recorder.ts";
import type { Run } from "./run_folder.ts";
import { animateSheets, kindsOf, saveSheets, withSampler } from "./samples.ts";
import {
  peakMemory,
  readSummary,
  type Summary,
  writeSummary,
} from "./summary.ts";

export { checkpointPath } from "./recorder.ts";

export type RunReport =
  | {
    readonly kind: "start";
    readonly step: number;
    readonly steps: number;
    readonly epochs: number;
  }
  | ({ readonly kind: "step" } & StepReport)
  | {
    readonly kind: "epoch";
    readonly step: number;
    readonly epoch: number;
    readonly mean: StepValues;
  }
  | { readonly kind: "stopped"; readonly step: number; readonly steps: number }
  | { readonly kind: "end"; readonly summary: Summary };

type GanRecorder = Recorder<(typeof stepMeasures)[number]>;

export interface TrainRunOptions {
  readonly engine: Engine;
  /** Stops the run after the step that is being taken, with a checkpoint. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a run, or goes on with it where its folder has a checkpoint.
 *
 * @throws {DivergedError} when a loss is not finite; the last checkpoint is kept
 * @throws {RunError} when the run was trained on another engine
 */
export async function* trainRun(
  run: Run,
  images: ByteImages,
  { engine, signal }: TrainRunOptions,
): AsyncGenerator<RunReport, void, void> {
  const { options, folder } = run;
  await claimEngine(folder, engine);
  const inEpoch = stepsPerEpoch(images, options);
  const steps = totalSteps(options, inEpoch);
  const gan = createGan(options, imageSizeOf(images));
  try {
    const recorder = await openRecorder(run, gan, images);
    yield {
      kind: "start",
      step: recorder.step,
      steps,
      epochs: Math.ceil(steps / inEpoch),
    };
    const started = performance.now();
    const firstStep = recorder.step;
    const finished = firstStep === steps
      ? await readSummary(folder)
      : undefined;
    if (finished) return yield { kind: "end", summary: finished };
    if (firstStep === 0) {
      await saveSheets(`${folder}/samples`, gan, options, 0, images);
    }
    for await (const report of trainGan(gan, images, options, firstStep)) {
      const epoch = await recorder.record(report, report.step === steps);
      yield { kind: "step", ...report };
      if (epoch) {
        yield {
          kind: "epoch",
          step: report.step,
          epoch: report.epoch,
          mean: epoch,
        };
      }
      if (signal?.aborted && report.step < steps) {
        await recorder.checkpoint();
        await drawLosses(run, recorder);
        yield { kind: "stopped", step: report.step, steps };
        return;
      }
    }
    yield {
      kind: "end",
      summary: await finish(run, gan, recorder, { engine, firstStep, started }),
    };
  } finally {
    disposeGan(gan);
  }
}

/** A recorder of a GAN's run, which draws sheets after each epoch. */
async function openRecorder(
  { folder, options }: Run,
  gan: Gan,
  images: ByteImages,
): Promise<GanRecorder> {
  return await Recorder.open({
    folder,
    measures: stepMeasures,
    state: trainedState(gan),
    checkpointEvery: options.checkpointEvery,
    onEpoch: async (_, step) =>
      await saveSheets(`${folder}/samples`, gan, options, step, images),
  });
}

async function drawLosses(run: Run, recorder: GanRecorder): Promise<void> {
  const rows = recorder.rows("steps");
  if (rows.length === 0) return;
  const { labels } = run.options;
  const spec = lossChart(rows, {
    title: `Losses of run ${run.name}`,
    subtitle:
      `means of ${ROW_STEPS} steps; dashed: where they rest once real and generated images look alike ` +
      `(labels: ${labels})`,
    guides: restingLosses(labelPolicies[labels]),
  });
  await writeAtomically(
    `${run.folder}/losses.png`,
    await renderChart(spec),
  );
}

/** Saves the models, the pictures and the summary of a run that has taken all its steps. */
async function finish(
  run: Run,
  gan: Gan,
  recorder: GanRecorder,
  { engine, firstStep, started }: {
    engine: Engine;
    firstStep: number;
    started: number;
  },
): Promise<Summary> {
  const { folder, options } = run;
  const seconds = (performance.now() - started) / 1000;
  for (const kind of kindsOf(gan)) {
    await withSampler(
      gan,
      kind,
      options,
      (generator) => saveModel(generator, `${folder}/models/${kind}`),
    );
  }
  await saveModel(gan.discriminator, `${folder}/models/discriminator`);
  await drawLosses(run, recorder);
  const shown = kindsOf(gan).at(-1)!;
  await animateSheets(`${folder}/samples/${shown}`, `${folder}/samples.webp`);
  const took = recorder.step - firstStep;
  const summary: Summary = {
    name: run.name,
    steps: recorder.step,
    secondsOfThisSession: Number(seconds.toFixed(1)),
    stepsOfThisSession: took,
    stepsPerSecond: took === 0 ? null : Number((took / seconds).toFixed(2)),
    peakMemoryMB: Math.round(peakMemory() / 1e6),
    engine,
  };
  await writeSummary(folder, summary);
  return summary;
}
