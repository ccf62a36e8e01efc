/**
 * Records the steps of any kind of training run, as rows of losses, TensorBoard events and
 * checkpoints.
 */
import { type EventWriter, openEventWriter } from "../engine/event_writer.ts";
import {
  addStep,
  emptySum,
  meanOf,
  type RunningSum,
  type StepPlace,
  type Values,
} from "../training/progress.ts";
import { restoreCheckpoint, saveCheckpoint, type TrainedState } from "../training/checkpoint.ts";
import type { Claim } from "./claim_run.ts";
import { LossTable, ROW_STEPS, type RowScope } from "./loss_table.ts";
import type { Run } from "./run_folder.ts";

/** A training procedure whose steps are recorded. */
export interface RecordedSteps<Measure extends string, Extra extends string> {
  readonly folder: string;
  /** Names of the measures that are taken in each step. */
  readonly measures: readonly Measure[];
  /** Names of the measures that `onEpoch` returns. */
  readonly epochMeasures: readonly Extra[];
  readonly state: TrainedState;
  readonly checkpointEvery: number;
  /**
   * Returns the measures of an epoch. This function is called after the epoch's last step, and
   * before a checkpoint is saved. A measure that was not computed is NaN.
   */
  onEpoch(step: number): Promise<Values<Extra>>;
}

export interface RecorderOptions {
  /** Whether to write TensorBoard files, if the engine supports this. */
  readonly tensorboard: boolean;
  /** This process's exclusive right to write to the run. It is verified before each write. */
  readonly claim: Pick<Claim, "verify">;
}

/** Returns the path of a run's checkpoint. */
export function checkpointPath(run: Pick<Run, "folder">): string {
  return `${run.folder}/checkpoint.safetensors`;
}

interface Position<Measure extends string> {
  readonly step: number;
  readonly sums: Readonly<Record<RowScope, RunningSum<Measure>>>;
}

export class RunRecorder<Measure extends string, Extra extends string> {
  readonly #recorded: RecordedSteps<Measure, Extra>;
  readonly #table: LossTable<Measure | Extra>;
  readonly #events: EventWriter | undefined;
  readonly #claim: Pick<Claim, "verify">;
  #sums: Record<RowScope, RunningSum<Measure>>;
  step: number;

  private constructor(
    recorded: RecordedSteps<Measure, Extra>,
    files: {
      table: LossTable<Measure | Extra>;
      events: EventWriter | undefined;
      claim: Pick<Claim, "verify">;
    },
    { step, sums }: Position<Measure>,
  ) {
    this.#recorded = recorded;
    this.#table = files.table;
    this.#events = files.events;
    this.#claim = files.claim;
    this.#sums = { ...sums };
    this.step = step;
  }

  /**
   * Opens a recorder. If the run has a checkpoint, the training state is restored from the
   * checkpoint.
   */
  static async open<Measure extends string, Extra extends string>(
    recorded: RecordedSteps<Measure, Extra>,
    { tensorboard, claim }: RecorderOptions,
  ): Promise<RunRecorder<Measure, Extra>> {
    const { folder, measures, epochMeasures } = recorded;
    const position = await restoreIfThere(recorded);
    const table = await LossTable.open(
      `${folder}/losses.csv`,
      [...measures, ...epochMeasures],
      position.step,
    );
    const events = tensorboard ? await openEventWriter(`${folder}/tensorboard`) : undefined;
    return new RunRecorder(recorded, { table, events, claim }, position);
  }

  /**
   * Records a step.
   *
   * @param last whether this is the run's last step
   * @returns the means and the extra measures of an epoch if the step ends the epoch; otherwise
   * undefined
   */
  async record(
    report: StepPlace & Values<Measure>,
    last: boolean,
  ): Promise<Values<Measure | Extra> | undefined> {
    const { onEpoch, checkpointEvery } = this.#recorded;
    this.step = report.step;
    this.#sums = {
      steps: addStep(this.#sums.steps, report),
      epoch: addStep(this.#sums.epoch, report),
    };
    if (report.step % ROW_STEPS === 0 || last) {
      await this.#addRow("steps", report, this.#takeMean("steps"));
    }
    let mean: Values<Measure | Extra> | undefined;
    if (report.endsEpoch || last) {
      mean = { ...this.#takeMean("epoch"), ...await onEpoch(report.step) };
      await this.#addRow("epoch", report, mean);
    }
    if (last || report.step % checkpointEvery === 0) await this.checkpoint();
    return mean;
  }

  async checkpoint(): Promise<void> {
    await this.#claim.verify();
    this.#events?.flush();
    const { state } = this.#recorded;
    const position: Position<Measure> = { step: this.step, sums: this.#sums };
    await saveCheckpoint(checkpointPath(this.#recorded), state, position);
  }

  /** Returns the rows of the loss table that have the given scope, which is "steps" or "epoch". */
  rows(scope: RowScope): ReturnType<LossTable<Measure | Extra>["read"]> {
    return this.#table.read(scope);
  }

  #takeMean(scope: RowScope): Values<Measure> {
    const mean = meanOf(this.#sums[scope]);
    this.#sums[scope] = emptySum(this.#recorded.measures);
    return mean;
  }

  async #addRow(
    scope: RowScope,
    { step, epoch }: StepPlace,
    mean: Values,
  ): Promise<void> {
    await this.#claim.verify();
    await this.#table.add(scope, step, epoch, mean);
    for (const [measure, value] of Object.entries(mean)) {
      if (Number.isNaN(value)) continue;
      this.#events?.scalar(`${scope}/${measure}`, value, step);
    }
  }
}

async function restoreIfThere<Measure extends string>(
  recorded: Pick<RecordedSteps<Measure, string>, "folder" | "measures" | "state">,
): Promise<Position<Measure>> {
  const path = checkpointPath(recorded);
  const there = await Deno.stat(path).then(() => true, () => false);
  if (there) return await restoreCheckpoint(path, recorded.state);
  const nothing = emptySum(recorded.measures);
  return { step: 0, sums: { steps: nothing, epoch: nothing } };
}
