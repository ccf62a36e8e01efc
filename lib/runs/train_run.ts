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
import { type EventWriter, openEventWriter } from "../engine/event_writer.ts";
import type { ByteImages } from "../images.ts";
import { saveModel } from "../models/save_model.ts";
import { restoreCheckpoint, saveCheckpoint } from "../training/checkpoint.ts";
import { createGan, disposeGan, type Gan } from "../training/gan.ts";
import { labelPolicies, restingLosses } from "../training/labels.ts";
import { totalSteps } from "../training/options.ts";
import {
  addStep,
  emptySum,
  meanOf,
  type RunningSum,
  type StepReport,
  type StepValues,
} from "../training/progress.ts";
import { imageSizeOf, stepsPerEpoch, trainGan } from "../training/train_gan.ts";
import { LossTable, ROW_STEPS, type RowScope } from "./loss_table.ts";
import type { Run } from "./run_folder.ts";
import { RunError } from "./run_folder.ts";
import { animateSheets, kindsOf, saveSheets, withSampler } from "./samples.ts";
import {
  peakMemory,
  readSummary,
  type Summary,
  writeSummary,
} from "./summary.ts";

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
    const recorder = await Recorder.open(run, gan, images);
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
        await recorder.drawLosses();
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

/** Path of a run's checkpoint. */
export function checkpointPath(run: Pick<Run, "folder">): string {
  return `${run.folder}/checkpoint.safetensors`;
}

/** Notes the engine with a new run; refuses to go on with a run on another one, whose numbers round differently. */
async function claimEngine(folder: string, engine: Engine): Promise<void> {
  const path = `${folder}/engine.json`;
  const saved = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (saved === undefined) {
    return await writeAtomically(path, JSON.stringify(engine, null, 2) + "\n");
  }
  const { name }: Engine = JSON.parse(saved);
  if (name !== engine.name) {
    throw new RunError(
      `Resuming the run in ${folder}: it was trained on the engine '${name}', now it is '${engine.name}', which rounds ` +
        `differently. Choose --engine ${name}, or start a new run.`,
    );
  }
}

/** Writes what a run's steps leave behind: rows, events, sheets, checkpoints. */
class Recorder {
  readonly #run: Run;
  readonly #gan: Gan;
  readonly #images: ByteImages;
  readonly #table: LossTable;
  readonly #events: EventWriter | undefined;
  #sums: Record<RowScope, RunningSum>;
  step: number;

  private constructor(
    state: {
      run: Run;
      gan: Gan;
      images: ByteImages;
      table: LossTable;
      events: EventWriter | undefined;
    },
    position: { step: number; sums: Record<RowScope, RunningSum> },
  ) {
    this.#run = state.run;
    this.#gan = state.gan;
    this.#images = state.images;
    this.#table = state.table;
    this.#events = state.events;
    this.#sums = position.sums;
    this.step = position.step;
  }

  /** Restores the run's checkpoint into `gan`, where there is one. */
  static async open(run: Run, gan: Gan, images: ByteImages): Promise<Recorder> {
    const position = await restoreIfThere(run, gan);
    const table = await LossTable.open(
      `${run.folder}/losses.csv`,
      position.step,
    );
    const events = await openEventWriter(`${run.folder}/tensorboard`);
    return new Recorder({ run, gan, images, table, events }, position);
  }

  /** @returns the epoch's means when the step ended one */
  async record(
    report: StepReport,
    last: boolean,
  ): Promise<StepValues | undefined> {
    this.step = report.step;
    this.#sums = {
      steps: addStep(this.#sums.steps, report),
      epoch: addStep(this.#sums.epoch, report),
    };
    if (report.step % ROW_STEPS === 0 || last) {
      await this.#addRow("steps", report);
    }
    const mean = report.endsEpoch || last
      ? await this.#addRow("epoch", report)
      : undefined;
    if (mean) {
      await saveSheets(
        `${this.#run.folder}/samples`,
        this.#gan,
        this.#run.options,
        report.step,
        this.#images,
      );
    }
    if (last || report.step % this.#run.options.checkpointEvery === 0) {
      await this.checkpoint();
    }
    return mean;
  }

  async checkpoint(): Promise<void> {
    this.#events?.flush();
    await saveCheckpoint(checkpointPath(this.#run), this.#gan, {
      step: this.step,
      sums: this.#sums,
    });
  }

  async drawLosses(): Promise<void> {
    const rows = this.#table.read("steps");
    if (rows.length === 0) return;
    const { labels } = this.#run.options;
    const spec = lossChart(rows, {
      title: `Losses of run ${this.#run.name}`,
      subtitle:
        `means of ${ROW_STEPS} steps; dashed: where they rest once real and generated images look alike ` +
        `(labels: ${labels})`,
      guides: restingLosses(labelPolicies[labels]),
    });
    await writeAtomically(
      `${this.#run.folder}/losses.png`,
      await renderChart(spec),
    );
  }

  async #addRow(
    scope: RowScope,
    { step, epoch }: StepReport,
  ): Promise<StepValues> {
    const mean = meanOf(this.#sums[scope]);
    this.#sums[scope] = emptySum;
    await this.#table.add(scope, step, epoch, mean);
    for (const [measure, value] of Object.entries(mean)) {
      this.#events?.scalar(`${scope}/${measure}`, value, step);
    }
    return mean;
  }
}

async function restoreIfThere(
  run: Run,
  gan: Gan,
): Promise<{ step: number; sums: Record<RowScope, RunningSum> }> {
  const there = await Deno.stat(checkpointPath(run)).then(
    () => true,
    () => false,
  );
  if (!there) return { step: 0, sums: { steps: emptySum, epoch: emptySum } };
  const { step, sums } = await restoreCheckpoint(checkpointPath(run), gan);
  return { step, sums: { steps: sums.steps, epoch: sums.epoch } };
}

/** Saves the models, the pictures and the summary of a run that has taken all its steps. */
async function finish(
  run: Run,
  gan: Gan,
  recorder: Recorder,
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
  await recorder.drawLosses();
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
