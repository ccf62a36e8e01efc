/**
 * `deno task train`: sets the engine up, trains a GAN, shows how it goes.
 */
import process from "node:process";
import { duration, type Progress, startProgress } from "../display/progress.ts";
import { loadMnist } from "../dataset/mnist.ts";
import { startEngine } from "../engine/backend.ts";
import {
  createRun,
  listRuns,
  reopenRun,
  type Run,
  RunError,
} from "../runs/run_folder.ts";
import { type RunReport, trainRun } from "../runs/train_run.ts";
import { parseTrainOptions } from "../training/options.ts";
import type { StepValues } from "../training/progress.ts";
import { showProvision } from "./show_provision.ts";
import { parseTrainCommand, type TrainCommand } from "./train_options.ts";

/** What Unix programs end with after Ctrl-C. */
const INTERRUPTED = 130;

async function main(args: readonly string[]): Promise<number> {
  const command = parseTrainCommand(args);
  // Before anything is set up or downloaded: what cannot work is refused at once.
  parseTrainOptions(command.given);
  if (command.given.steps && command.given.epochs) {
    throw new RunError(
      "Give the length of a run by --steps or by --epochs; found both.",
    );
  }
  const run = await openRun(command);
  const print = printer(command);
  const engine = await startEngineShown(command);
  print.line(`Engine: ${engine.name}, because ${engine.reason}.`, {
    kind: "engine",
    ...engine,
  });
  const mnist = await loadMnist(
    command.data === undefined ? {} : { directory: command.data },
  );
  print.line(
    `Data: ${mnist.train.images.count} training images from ${mnist.source}.`,
    {
      kind: "data",
      count: mnist.train.images.count,
      source: mnist.source,
    },
  );
  print.line(`Run: ${run.folder}`, {
    kind: "run",
    name: run.name,
    folder: run.folder,
    options: run.options,
  });
  const signal = stopOnSignals();
  let code = 0;
  for await (
    const report of trainRun(run, mnist.train.images, { engine, signal })
  ) {
    print.report(report);
    if (report.kind === "stopped") {
      code = INTERRUPTED;
      const goOn = `deno task train --resume --name ${run.name}${
        command.runs === "data/runs" ? "" : ` --runs ${command.runs}`
      }`;
      print.line(
        `Stopped after step ${report.step} of ${report.steps}. To go on: ${goOn}`,
      );
    }
  }
  if (code === 0) {
    print.line(`Done. Look at ${run.folder}/samples.webp and losses.png.`);
  }
  return code;
}

async function openRun(
  { given, name, resume, runs }: TrainCommand,
): Promise<Run> {
  if (!resume) {
    return await createRun(runs, name ?? timestamp(), parseTrainOptions(given));
  }
  const chosen = name ?? (await listRuns(runs)).at(-1);
  if (chosen === undefined) {
    throw new RunError(
      `Resuming: wanted a run in ${runs}, found none. Start one without --resume.`,
    );
  }
  return await reopenRun(runs, chosen, given);
}

/** The moment as a name, such as 20261123-094530. */
function timestamp(): string {
  return new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(
    0,
    15,
  );
}

async function startEngineShown({ engine }: TrainCommand) {
  const shown = showProvision();
  try {
    return await startEngine({ engine, onReport: shown.onReport });
  } finally {
    shown.stop();
  }
}

/** A signal that fires on Ctrl-C or SIGTERM; a second one ends the process at once. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(INTERRUPTED);
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}

interface Printer {
  /** Prints a sentence, or, where JSON is wanted, the object. */
  line(text: string, object?: Readonly<Record<string, unknown>>): void;
  report(report: RunReport): void;
}

function printer({ json }: TrainCommand): Printer {
  if (json) {
    return {
      line: (_, object) => object && console.log(JSON.stringify(object)),
      report: (report) => console.log(JSON.stringify(report)),
    };
  }
  return {
    line: (text) => console.log(text),
    report: process.stderr.isTTY ? barReports() : lineReports(),
  };
}

/** In a terminal: one bar for the whole run. */
function barReports(): (report: RunReport) => void {
  let bar: Progress | undefined;
  let speed = speedometer();
  let epochs = 0;
  return (report) => {
    switch (report.kind) {
      case "start":
        bar = startProgress({
          title: "Training",
          total: report.steps,
          unit: "steps",
        });
        bar.update(report.step);
        speed = speedometer();
        epochs = report.epochs;
        break;
      case "step":
        bar?.update(report.step, [
          `epoch ${report.epoch}/${epochs}`,
          `${speed(report.step)}/s`,
          ...facts(report),
        ]);
        break;
      case "stopped":
      case "end":
        bar?.stop();
        break;
    }
  };
}

/** Elsewhere: a line an epoch. */
function lineReports(): (report: RunReport) => void {
  let speed = speedometer();
  let [steps, epochs] = [0, 0];
  return (report) => {
    switch (report.kind) {
      case "start":
        ({ steps, epochs } = report);
        speed = speedometer(report.step);
        break;
      case "epoch": {
        const perSecond = speed(report.step);
        const left = duration((steps - report.step) / Number(perSecond));
        const parts = [
          `epoch ${report.epoch}/${epochs}`,
          `step ${report.step}`,
          ...facts(report.mean),
        ];
        console.log(
          [...parts, `${perSecond} steps/s`, `${left} left`].join(" · "),
        );
        break;
      }
    }
  };
}

/** Steps a second since it was made. */
function speedometer(from?: number): (step: number) => string {
  let first = from;
  const started = performance.now();
  return (step) => {
    first ??= step - 1;
    return ((step - first) / (performance.now() - started) * 1000).toFixed(1);
  };
}

function facts(
  { discriminatorLoss, generatorLoss, realScore, fakeScore }: StepValues,
): string[] {
  return [
    `D ${discriminatorLoss.toFixed(3)} G ${generatorLoss.toFixed(3)}`,
    `real ${realScore.toFixed(2)} fake ${fakeScore.toFixed(2)}`,
  ];
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    // A message for the user, unless it is a fault of ours: then the stack says more.
    const known = error instanceof Error && error.name.endsWith("Error") &&
      error.name !== "Error" && error.name !== "TypeError";
    console.error(known ? `Error: ${error.message}` : error);
    Deno.exit(1);
  }
}
