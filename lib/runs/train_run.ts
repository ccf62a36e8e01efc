import { writeAtomically } from "../system/atomic_write.ts";
import { renderChart } from "../display/charts.ts";
import { lossChart } from "../display/loss_chart.ts";
import type { ByteImages } from "../images.ts";
import { saveModel } from "../models/save_model.ts";
import { createGan, disposeGan, type Gan, ganState } from "../training/gan/gan.ts";
import { stepMeasures } from "../training/gan/gan_step.ts";
import { labelPolicies, restingLosses } from "../training/gan/labels.ts";
import { imageSizeOf, trainGan } from "../training/gan/train_gan.ts";
import { stepsPerEpoch, totalSteps } from "../training/run_length.ts";
import { ROW_STEPS } from "./loss_table.ts";
import {
  type RecordedTraining,
  recordRun,
  type RunReport,
  type TrainRunOptions,
} from "./record_run.ts";
import type { RunRecorder } from "./recorder.ts";
import type { Run } from "./run_folder.ts";
import { animateSheets, kindsOf, saveSheets, withSampler } from "./samples.ts";

export { checkpointPath } from "./recorder.ts";
export type { TrainRunOptions } from "./record_run.ts";

type Measure = (typeof stepMeasures)[number];

/** A report on the progress of a run that trains a GAN. */
export type GanRunReport = RunReport<Measure>;

/**
 * Trains a GAN, or resumes the run if its folder has a checkpoint.
 *
 * @throws {DivergedError} when a loss is not finite; the last checkpoint is kept
 * @throws {RunError} when the run was started on a different engine
 */
export async function* trainRun(
  run: Run,
  images: ByteImages,
  options: TrainRunOptions,
): AsyncGenerator<GanRunReport, void, void> {
  const gan = createGan(run.options, imageSizeOf(images));
  try {
    yield* recordRun(trainingOf(run, gan, images, options), options);
  } finally {
    disposeGan(gan);
  }
}

function trainingOf(
  run: Run,
  gan: Gan,
  images: ByteImages,
  { pictures = true }: TrainRunOptions,
): RecordedTraining<Measure> {
  const { name, folder, options } = run;
  const inEpoch = stepsPerEpoch(images, options);
  const sheets = async (step: number) => {
    if (!pictures) return;
    await saveSheets(`${folder}/samples`, gan, options, step, images);
  };
  return {
    name,
    folder,
    measures: stepMeasures,
    epochMeasures: [],
    state: ganState(gan),
    checkpointEvery: options.checkpointEvery,
    steps: totalSteps(options, inEpoch),
    stepsPerEpoch: inEpoch,
    train: (firstStep) => trainGan(gan, images, options, firstStep),
    onStart: () => sheets(0),
    onEpoch: async (step) => {
      await sheets(step);
      return {};
    },
    draw: async (recorder) => {
      if (pictures) await drawLosses(run, recorder);
    },
    save: () => save(run, gan, pictures),
  };
}

async function drawLosses(
  run: Run,
  recorder: RunRecorder<Measure, never>,
): Promise<void> {
  const rows = recorder.rows("steps");
  if (rows.length === 0) return;
  const { labels } = run.options;
  const spec = lossChart(rows, {
    title: `Losses of run ${run.name}`,
    subtitle:
      `means of ${ROW_STEPS} steps; dashed: where they settle once real and generated images look alike ` +
      `(labels: ${labels})`,
    guides: restingLosses(labelPolicies[labels]),
  });
  await writeAtomically(
    `${run.folder}/losses.png`,
    await renderChart(spec),
  );
}

async function save(
  { folder, options }: Run,
  gan: Gan,
  pictures: boolean,
): Promise<void> {
  for (const kind of kindsOf(gan)) {
    await withSampler(
      gan,
      kind,
      options,
      (generator) => saveModel(generator, `${folder}/models/${kind}`),
    );
  }
  await saveModel(gan.discriminator, `${folder}/models/discriminator`);
  if (!pictures) return;
  const shown = kindsOf(gan).at(-1)!;
  await animateSheets(`${folder}/samples/${shown}`, `${folder}/samples.webp`);
}
