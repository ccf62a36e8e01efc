/** Runs a command that trains a model. */
import { loadMnist, type Mnist } from "../dataset/mnist.ts";
import type { Engine } from "../engine/engine.ts";
import type { Parallelism } from "../native/threads.ts";
import type { RunReport, TrainRunOptions } from "../runs/record_run.ts";
import {
  createRun,
  listRuns,
  refuseTaken,
  reopenRun,
  type Run,
  RunError,
} from "../runs/run_folder.ts";
import { reportError } from "./report_error.ts";
import { type Describe, showTraining } from "./show_training.ts";
import { startVisibly } from "./start_visibly.ts";
import { InterruptedError, stopOnSignals } from "./stop_on_signals.ts";
import { type CommandDescription, parseTrainCommand, type TrainCommand } from "./train_options.ts";

/** A command that trains a model. */
export interface TrainingCommand<
  Options extends object,
  Measure extends string,
  Extra extends string,
> extends CommandDescription {
  /** How the native engine uses threads; default `within-operations`. */
  readonly parallelism?: Parallelism;
  parse(input: unknown): Options;
  /** Throws if the engine cannot run this kind of training. */
  requireEngine?(engine: Engine): void;
  train(
    run: Run<Options>,
    data: Mnist,
    options: TrainRunOptions,
  ): AsyncIterable<RunReport<Measure, Extra>>;
  readonly describe: Describe<Measure, Extra>;
  /** Returns text that describes the result of a finished run. */
  done(run: Run<Options>): Promise<string>;
}

/** Runs a training command and then ends the process. */
export async function runTrainingCommand<
  Options extends object,
  Measure extends string,
  Extra extends string,
>(
  command: TrainingCommand<Options, Measure, Extra>,
  args: readonly string[],
): Promise<never> {
  try {
    await train(command, args);
  } catch (error) {
    if (error instanceof InterruptedError) console.error(error.message);
    else reportError(error);
  }
  // The signal listeners would otherwise keep the process alive.
  Deno.exit();
}

async function train<
  Options extends object,
  Measure extends string,
  Extra extends string,
>(
  command: TrainingCommand<Options, Measure, Extra>,
  args: readonly string[],
): Promise<void> {
  const asked = parseTrainCommand<Options>(command, args);
  const display = showTraining(asked.json, command.describe);
  const signal = stopOnSignals();
  // Invalid requests must fail before anything is installed or downloaded.
  const openRun = await planRun(asked, command.parse);
  const engine = await startVisibly({
    engine: asked.engine,
    signal,
    ...(command.parallelism && { parallelism: command.parallelism }),
  });
  command.requireEngine?.(engine);
  display.say(`Engine: ${engine.name}, because ${engine.reason}.`, {
    kind: "engine",
    ...engine,
  });
  const data = await loadMnist(
    asked.data === undefined ? {} : { directory: asked.data },
  );
  const { count } = data.train.images;
  display.say(`Data: ${count.toLocaleString("en")} training images of MNIST.`, {
    kind: "data",
    count,
    source: data.source,
  });
  signal.throwIfAborted();
  const run = await openRun();
  display.say(`Run: ${run.folder}`, { kind: "run", ...run });
  const resumeCommand = `deno task ${command.task} --resume --name ${run.name}` +
    (asked.runs === command.runs ? "" : ` --runs ${asked.runs}`);
  const { pictures, tensorboard } = asked;
  const options = { engine, signal, resumeCommand, pictures, tensorboard };
  for await (const report of command.train(run, data, options)) {
    display.show(report);
    if (report.kind === "stopped") {
      display.say(
        `Stopped after step ${report.step} of ${report.steps}. To resume: ${resumeCommand}`,
        { kind: "resume", command: resumeCommand },
      );
    }
    if (report.kind === "end") {
      display.say(await command.done(run), { kind: "done" });
    }
  }
}

/**
 * Checks the request. Returns a function that creates a new run, or that returns the run to resume.
 */
async function planRun<Options extends object>(
  { given, name, resume, runs }: TrainCommand<Options>,
  parse: (input: unknown) => Options,
): Promise<() => Promise<Run<Options>>> {
  const { steps, epochs } = given as { steps?: unknown; epochs?: unknown };
  if (steps && epochs) {
    throw new RunError(
      "The length of a run is set by either --steps or --epochs, found both.",
    );
  }
  const options = parse(given);
  if (!resume) {
    const newName = name ?? timestamp();
    await refuseTaken(runs, newName);
    return () => createRun(runs, newName, options);
  }
  const oldName = name ?? (await listRuns(runs)).at(-1);
  if (oldName === undefined) {
    throw new RunError(
      `Resuming: wanted a run in ${runs}, found none. Start one without --resume.`,
    );
  }
  const run = await reopenRun(runs, oldName, given, parse);
  return () => Promise.resolve(run);
}

/** Returns the current time in UTC, such as 20261123-094530. */
function timestamp(): string {
  return new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(
    0,
    15,
  );
}
