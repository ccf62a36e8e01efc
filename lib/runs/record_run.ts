/**
 * Records a training run of any kind in the run's folder, and yields reports on its progress.
 *
 * A run can be stopped at any time, by aborting `signal` or by killing the process. A resumed run
 * ends with exactly the same weights as an uninterrupted run.
 */
import type { Engine } from "../engine/engine.ts";
import type { StepPlace, Values } from "../training/progress.ts";
import { type Claim, claimRun } from "./claim_run.ts";
import { recordEngine } from "./record_engine.ts";
import { type RecordedSteps, RunRecorder } from "./recorder.ts";
import { peakMemory, readSummary, type Summary, writeSummary } from "./summary.ts";

/**
 * A report on the progress of a run. `Measure` is the union of the names of the measures that are
 * taken in each step. `Extra` is the union of the names of the additional measures that are taken
 * in each epoch.
 */
export type RunReport<Measure extends string, Extra extends string = never> =
  | {
    readonly kind: "start";
    readonly step: number;
    readonly steps: number;
    readonly epochs: number;
  }
  | ({ readonly kind: "step" } & StepPlace & Values<Measure>)
  | {
    readonly kind: "epoch";
    readonly step: number;
    readonly epoch: number;
    readonly mean: Values<Measure | Extra>;
  }
  | { readonly kind: "stopped"; readonly step: number; readonly steps: number }
  | {
    readonly kind: "end";
    readonly summary: Summary;
    /** Whether the run had already finished in an earlier session. */
    readonly before: boolean;
  };

export interface TrainRunOptions {
  readonly engine: Engine;
  /**
   * If this signal is aborted, then the run saves a checkpoint after the current step and stops.
   */
  readonly signal?: AbortSignal | undefined;
  /** Whether to draw sheets, charts and animations; default true. */
  readonly pictures?: boolean | undefined;
  /** Whether to write TensorBoard files, if the engine supports this; default true. */
  readonly tensorboard?: boolean | undefined;
  /** The command that resumes the run, for error messages. */
  readonly resumeCommand?: string;
}

/** A training procedure whose run is recorded. */
export interface RecordedTraining<
  Measure extends string,
  Extra extends string = never,
> extends RecordedSteps<Measure, Extra> {
  readonly name: string;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /**
   * Trains, and yields a report after each step. `firstStep` is the number of steps that have
   * already been taken.
   */
  train(firstStep: number): AsyncIterable<StepPlace & Values<Measure>>;
  onStart?(): Promise<void>;
  /** Draws charts of the run so far. This function is called when the run ends or is stopped. */
  draw?(recorder: RunRecorder<Measure, Extra>): Promise<void>;
  /** Saves the results. This function is called after the last step. */
  save(): Promise<void>;
}

/**
 * Starts a run, or resumes it if its folder has a checkpoint.
 *
 * @throws {DivergedError} when a loss is not finite; the last checkpoint is kept
 * @throws {RunError} when the run was started on a different engine, or under different conditions
 * @throws {RunClaimedError} when another process is working on the run
 */
export async function* recordRun<
  Measure extends string,
  Extra extends string,
>(
  training: RecordedTraining<Measure, Extra>,
  options: TrainRunOptions,
): AsyncGenerator<RunReport<Measure, Extra>, void, void> {
  const claim = await claimRun(training.folder);
  try {
    yield* recordClaimed(training, claim, options);
  } finally {
    await claim.release();
  }
}

async function* recordClaimed<
  Measure extends string,
  Extra extends string,
>(
  training: RecordedTraining<Measure, Extra>,
  claim: Claim,
  { engine, signal, resumeCommand, tensorboard = true }: TrainRunOptions,
): AsyncGenerator<RunReport<Measure, Extra>, void, void> {
  const { folder, steps } = training;
  await recordEngine(folder, engine, resumeCommand);
  const epochs = Math.ceil(steps / training.stepsPerEpoch);
  const finished = await readSummary(folder);
  if (finished) {
    yield { kind: "start", step: steps, steps, epochs };
    return yield { kind: "end", summary: finished, before: true };
  }
  const recorder = await RunRecorder.open(training, { tensorboard, claim });
  const firstStep = recorder.step;
  yield { kind: "start", step: firstStep, steps, epochs };
  const started = performance.now();
  if (firstStep === 0) await training.onStart?.();
  for await (const report of training.train(firstStep)) {
    const mean = await recorder.record(report, report.step === steps);
    yield { ...report, kind: "step" } as RunReport<Measure, Extra>;
    const { step, epoch } = report;
    if (mean) yield { kind: "epoch", step, epoch, mean };
    if (signal?.aborted && step < steps) {
      await recorder.checkpoint();
      await training.draw?.(recorder);
      yield { kind: "stopped", step, steps };
      return;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  await training.save();
  await training.draw?.(recorder);
  const summary = summarize(training.name, steps, {
    seconds,
    took: steps - firstStep,
    engine,
  });
  await writeSummary(folder, summary);
  yield { kind: "end", summary, before: false };
}

function summarize(
  name: string,
  steps: number,
  { seconds, took, engine }: { seconds: number; took: number; engine: Engine },
): Summary {
  return {
    name,
    steps,
    secondsOfThisSession: Number(seconds.toFixed(1)),
    stepsOfThisSession: took,
    stepsPerSecond: took === 0 ? null : Number((took / seconds).toFixed(2)),
    peakMemoryMB: Math.round(peakMemory() / 1e6),
    engine,
  };
}
