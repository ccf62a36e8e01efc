/**
 * `deno task train`: sets the engine up, trains a GAN on MNIST, shows how it goes.
 */
import { loadMnist } from "../dataset/mnist.ts";
import { type Engine, startEngine } from "../engine/backend.ts";
import {
  createRun,
  listRuns,
  refuseTaken,
  reopenRun,
  type Run,
  RunError,
} from "../runs/run_folder.ts";
import { trainRun } from "../runs/train_run.ts";
import { parseTrainOptions } from "../training/options.ts";
import { reportError } from "./report_error.ts";
import { showProvision } from "./show_provision.ts";
import { showTraining } from "./show_training.ts";
import { parseTrainCommand, type TrainCommand } from "./train_options.ts";

/** Ctrl-C, or another request to end. */
class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** What a program that a signal has ended returns: 128 and the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

async function main(args: readonly string[]): Promise<void> {
  const command = parseTrainCommand(args);
  const display = showTraining(command.json);
  const signal = stopOnSignals();
  // What cannot work is refused before anything is set up or downloaded.
  const openRun = await planRun(command);
  const engine = await startVisibly(command, signal);
  display.say(`Engine: ${engine.name}, because ${engine.reason}.`, {
    kind: "engine",
    ...engine,
  });
  const { train, source } = await loadMnist(
    command.data === undefined ? {} : { directory: command.data },
  );
  const { count } = train.images;
  display.say(`Data: ${count.toLocaleString("en")} training images of MNIST.`, {
    kind: "data",
    count,
    source,
  });
  signal.throwIfAborted();
  const run = await openRun();
  display.say(`Run: ${run.folder}`, { kind: "run", ...run });
  for await (const report of trainRun(run, train.images, { engine, signal })) {
    display.show(report);
    if (report.kind === "stopped") {
      const goOn = `deno task train --resume --name ${run.name}` +
        (command.runs === "data/runs" ? "" : ` --runs ${command.runs}`);
      display.say(
        `Stopped after step ${report.step} of ${report.steps}. To go on: ${goOn}`,
        { kind: "resume", command: goOn },
      );
    }
    if (report.kind === "end") {
      display.say(
        `Done. To look at: ${run.folder}/samples.webp and ${run.folder}/losses.png`,
        { kind: "done" },
      );
    }
  }
}

/** Checks what can be checked beforehand; the function that it returns makes or opens the run's folder. */
async function planRun(
  { given, name, resume, runs }: TrainCommand,
): Promise<() => Promise<Run>> {
  if (given.steps && given.epochs) {
    throw new RunError(
      "A run is as long as --steps or --epochs say: give one of them, found both.",
    );
  }
  const options = parseTrainOptions(given);
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
  const run = await reopenRun(runs, oldName, given);
  return () => Promise.resolve(run);
}

/** The moment as a name, such as 20261123-094530 (in UTC). */
function timestamp(): string {
  return new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(
    0,
    15,
  );
}

async function startVisibly(
  { engine }: TrainCommand,
  signal: AbortSignal,
): Promise<Engine> {
  const display = showProvision();
  try {
    return await startEngine({
      engine,
      onReport: display.onReport,
      signal,
      parallelism: "across-operations",
    });
  } finally {
    display.stop();
  }
}

/** `deno task` passes on a Ctrl-C that the terminal has sent already: two in this time are one. */
const ONE_PRESS_MS = 500;

/** A signal that fires at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const names = Deno.build.os === "windows"
    ? ["SIGINT"] as const
    : ["SIGINT", "SIGTERM"] as const;
  for (const name of names) {
    Deno.addSignalListener(name, () => {
      if (controller.signal.aborted) {
        if (performance.now() - first > ONE_PRESS_MS) {
          Deno.exit(exitCodes[name]);
        }
        return;
      }
      first = performance.now();
      Deno.exitCode = exitCodes[name];
      controller.abort(
        new InterruptedError(
          "Interrupted before the first step; the same command starts again.",
        ),
      );
    });
  }
  return controller.signal;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    if (error instanceof InterruptedError) console.error(error.message);
    else reportError(error);
  }
  // Signal listeners would keep the process alive.
  Deno.exit();
}
