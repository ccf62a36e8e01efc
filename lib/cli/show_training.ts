/** Shows the progress of training as a bar, as lines or as JSON. */
import process from "node:process";
import { duration, type Progress, startProgress } from "../display/progress.ts";
import type { RunReport } from "../runs/record_run.ts";
import type { Values } from "../training/progress.ts";

/**
 * Describes the measurements of a step as a list of short texts. The most important text comes
 * first. At the end of an epoch, `afterEpoch` contains the measurements of the epoch.
 */
export type Describe<Measure extends string, Extra extends string> = (
  values: Values<Measure>,
  afterEpoch?: Values<Extra>,
) => string[];

export interface TrainingDisplay<
  Measure extends string,
  Extra extends string,
> {
  /** Prints the sentence. In JSON mode, prints only `object`, as JSON. */
  say(sentence: string, object: Readonly<Record<string, unknown>>): void;
  show(report: RunReport<Measure, Extra>): void;
}

/**
 * Shows the progress as JSON if `json` is true. Otherwise, shows a bar in a terminal, and one line
 * per epoch elsewhere.
 */
export function showTraining<Measure extends string, Extra extends string>(
  json: boolean,
  describe: Describe<Measure, Extra>,
): TrainingDisplay<Measure, Extra> {
  if (json) {
    return {
      say: (_, object) => console.log(JSON.stringify(object)),
      show: (report) => console.log(JSON.stringify(report)),
    };
  }
  return {
    say: (sentence) => console.log(sentence),
    show: process.stderr.isTTY ? drawBar(describe) : printEpochs(describe),
  };
}

function drawBar<Measure extends string, Extra extends string>(
  describe: Describe<Measure, Extra>,
): (report: RunReport<Measure, Extra>) => void {
  let bar: Progress | undefined;
  let speed = startSpeedometer(0);
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
        speed = startSpeedometer(report.step);
        epochs = report.epochs;
        break;
      case "step":
        bar?.update(report.step, [
          ...describe(report),
          `${speed(report.step).toFixed(1)}/s`,
          `epoch ${report.epoch}/${epochs}`,
        ]);
        break;
      case "stopped":
      case "end":
        bar?.stop();
        break;
    }
  };
}

function printEpochs<Measure extends string, Extra extends string>(
  describe: Describe<Measure, Extra>,
): (report: RunReport<Measure, Extra>) => void {
  let speed = startSpeedometer(0);
  let [steps, epochs] = [0, 0];
  return (report) => {
    if (report.kind === "start") {
      ({ steps, epochs } = report);
      speed = startSpeedometer(report.step);
    } else if (report.kind === "epoch") {
      const perSecond = speed(report.step);
      const place = [
        `epoch ${report.epoch}/${epochs}`,
        `step ${report.step}/${steps}`,
      ];
      const pace = [
        `${perSecond.toFixed(1)} steps/s`,
        `${duration((steps - report.step) / perSecond)} left`,
      ];
      console.log(
        [...place, ...describe(report.mean, report.mean), ...pace].join(" · "),
      );
    }
  };
}

function startSpeedometer(firstStep: number): (step: number) => number {
  const started = performance.now();
  return (step) => (step - firstStep) / (performance.now() - started) * 1000;
}
