/**
 * Trains and judges one cell. The cell's folder has the same format as the folder of any other
 * training run. It contains the options, the engine, the losses together with the curve, the final
 * scores, and a sheet of generated digits. Git ignores checkpoints and models, so the folder of a
 * finished cell is small enough to commit.
 *
 * A cell may be stopped at any time, either by `signal` or by killing the process. When a stopped
 * cell is resumed, it ends up with the same files as if it had never been stopped. Only the
 * measured times differ.
 */
import { basename, dirname } from "node:path";
import { writeAtomically } from "../../system/atomic_write.ts";
import type { Mnist } from "../../dataset/mnist.ts";
import { drawSheet } from "../../display/sheets.ts";
import { keepEvaluation } from "../../evaluation/judge/evaluations_file.ts";
import type { ByteImages } from "../../images.ts";
import { saveModel } from "../../models/save_model.ts";
import { deriveSeed } from "../../random.ts";
import { claimRun } from "../../runs/claim_run.ts";
import {
  type RecordedTraining,
  recordRun,
  type RunReport,
  type TrainRunOptions,
} from "../../runs/record_run.ts";
import { checkpointPath } from "../../runs/recorder.ts";
import { reopenRun, type Run } from "../../runs/run_folder.ts";
import { kindsOf, SHEET_IMAGES, withSampler } from "../../runs/samples.ts";
import { sampleImages } from "../../models/sample_images.ts";
import { NonFiniteWeightsError } from "../../training/checkpoint.ts";
import { createGan, disposeGan, type Gan, ganState } from "../../training/gan/gan.ts";
import { stepMeasures } from "../../training/gan/gan_step.ts";
import { imageSizeOf, trainGan } from "../../training/gan/train_gan.ts";
import { DivergedError } from "../../training/diverged_error.ts";
import { stepsPerEpoch } from "../../training/run_length.ts";
import { type Cell, folderOf, nameOf, optionsOf } from "./cells.ts";
import { type CellJudge, formatDistances, JUDGE_SEED } from "./cell_judge.ts";
import { type Clock, startClock } from "./cell_clock.ts";
import { emptyRecord, readCellRecord, writeCellRecord } from "./cell_record.ts";
import {
  CURVE_EPOCHS,
  CURVE_IMAGES,
  type CurveMeasure,
  curveMeasures,
  unmeasured,
} from "./measure_curve.ts";

type Measure = (typeof stepMeasures)[number];
export type CellReport = RunReport<Measure, CurveMeasure>;

export interface RunCellOptions extends Pick<TrainRunOptions, "engine" | "signal"> {
  /** The folder that contains the cells of all experiments. */
  readonly root: string;
  readonly mnist: Mnist;
  readonly judge: CellJudge;
}

/**
 * Starts a new cell or resumes a stopped cell. Yields reports on its progress.
 *
 * @throws {DivergedError | NonFiniteWeightsError} when training cannot continue; the message is
 * also recorded in cell.json
 * @throws {RunClaimedError} when another process is working on the cell
 */
export async function* runCell(
  cell: Cell,
  { root, mnist, judge, engine, signal }: RunCellOptions,
): AsyncGenerator<CellReport, void, void> {
  const run = await openCell(root, cell);
  const images = mnist.train.images;
  const gan = createGan(run.options, imageSizeOf(images));
  const clock = startClock();
  const training = trainingOf({ cell, run, gan, images, judge, clock });
  try {
    const options = { engine, signal, pictures: false, tensorboard: false };
    for await (const report of recordRun(training, options)) {
      // The record is read only now, because another process may have changed it before the claim.
      if (report.kind === "start") clock.resume(await readCellRecord(run.folder) ?? emptyRecord);
      if (report.kind === "step") await saveTime(report.step, run, clock);
      yield report;
      if (report.kind === "end" && report.before) return;
    }
    await writeCellRecord(run.folder, clock.read());
    await removeCheckpointIfFinished(run.folder);
  } catch (error) {
    if (
      error instanceof DivergedError || error instanceof NonFiniteWeightsError
    ) {
      await writeCellRecord(run.folder, {
        ...clock.read(),
        failure: error.message,
      });
    }
    throw error;
  } finally {
    disposeGan(gan);
  }
}

/**
 * Counts a step. If a checkpoint was saved after the step, also saves the times so far. They cover
 * exactly the steps that a resumed cell does not train again.
 */
async function saveTime(step: number, { folder, options }: Run, clock: Clock): Promise<void> {
  clock.countStep();
  const isSaved = step % options.checkpointEvery === 0 || step === options.steps;
  if (isSaved) await writeCellRecord(folder, clock.read());
}

/**
 * Opens the folder of a cell. Creates the folder if it does not exist. Writes the cell's options
 * to the folder unless they are already there.
 */
async function openCell(root: string, cell: Cell): Promise<Run> {
  const folder = folderOf(root, cell);
  await Deno.mkdir(folder, { recursive: true });
  const options = optionsOf(cell);
  const config = `${folder}/config.json`;
  if (!await exists(config)) {
    // Two processes may get here at the same time, but both write the same content.
    await writeAtomically(config, JSON.stringify(options, null, 2) + "\n");
  }
  return await reopenRun(dirname(folder), basename(folder), options);
}

interface CellTraining {
  readonly cell: Cell;
  readonly run: Run;
  readonly gan: Gan;
  readonly images: ByteImages;
  readonly judge: CellJudge;
  readonly clock: Clock;
}

function trainingOf(
  parts: CellTraining,
): RecordedTraining<Measure, CurveMeasure> {
  const { run: { name, folder, options }, gan, images, judge, clock } = parts;
  const inEpoch = stepsPerEpoch(images, options);
  const isPoint = (step: number) => step === options.steps || (step / inEpoch) % CURVE_EPOCHS === 0;
  return {
    name,
    folder,
    measures: stepMeasures,
    epochMeasures: curveMeasures,
    state: ganState(gan),
    checkpointEvery: options.checkpointEvery,
    steps: options.steps,
    stepsPerEpoch: inEpoch,
    train: (firstStep) => trainGan(gan, images, options, firstStep),
    onEpoch: async (step) =>
      isPoint(step)
        ? await clock.judging(async () =>
          await judge.curve(await draw(parts, CURVE_IMAGES, JUDGE_SEED))
        )
        : unmeasured,
    save: async () => {
      await clock.judging(() => judgeAndSave(parts));
      // Written before the summary, because the summary marks the cell as finished.
      await writeCellRecord(folder, clock.read());
    },
  };
}

/** Saves the final scores, the sheet, and the generator that was judged. */
async function judgeAndSave(parts: CellTraining): Promise<void> {
  const { cell, run: { folder, options }, gan, judge } = parts;
  const generated = await draw(parts, judge.samples, JUDGE_SEED);
  const { against } = cell.experiment;
  const { evaluations, distances } = await judge.final(
    generated,
    nameOf(cell),
    against,
  );
  for (const evaluation of evaluations) {
    await keepEvaluation(folder, evaluation);
  }
  await writeAtomically(`${folder}/distances.csv`, formatDistances(distances));
  const sheet = await draw(
    parts,
    SHEET_IMAGES,
    deriveSeed(options.seed, "samples"),
  );
  await writeAtomically(`${folder}/sheet.png`, await drawSheet(sheet));
  const kind = kindsOf(gan).at(-1)!;
  await withSampler(
    gan,
    kind,
    options,
    (generator) => saveModel(generator, `${folder}/models/${kind}`),
  );
}

/** Generates images with the averaged generator, or with the trained one if there is no average. */
async function draw(
  { run: { options }, gan, images: { height, width } }: CellTraining,
  count: number,
  seed: number,
): Promise<ByteImages> {
  return await withSampler(
    gan,
    kindsOf(gan).at(-1)!,
    options,
    (generator) => sampleImages(generator, { count, seed, height, width }),
  );
}

/** Removes the checkpoint, which a finished cell no longer needs: 34 MB for the base. */
async function removeCheckpointIfFinished(folder: string): Promise<void> {
  if (await exists(`${folder}/summary.json`)) {
    await Deno.remove(checkpointPath({ folder })).catch(() => {});
  }
}

/**
 * Removes the files that a process leaves behind if it is killed just after it has finished a cell:
 * the checkpoint, the claim and unfinished writes.
 *
 * @throws {RunClaimedError} when another process is working on the cell
 */
export async function clearFinished(folder: string): Promise<void> {
  if (!await exists(checkpointPath({ folder }))) return;
  const claim = await claimRun(folder);
  await removeCheckpointIfFinished(folder);
  await claim.release();
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
