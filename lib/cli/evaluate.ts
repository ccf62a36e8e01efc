/** `deno task evaluate`: compares a run, a generator or images with MNIST or with other images. */
import { writeAtomically } from "../system/atomic_write.ts";
import { loadMnist, type Mnist } from "../dataset/mnist.ts";
import { renderChart } from "../display/charts.ts";
import { drawPairs, neighbourChart } from "../display/neighbour_pictures.ts";
import { type Progress, startProgress } from "../display/progress.ts";
import { compareFeatureFiles } from "../evaluation/judge/compare_feature_files.ts";
import { keepEvaluation, readEvaluations } from "../evaluation/judge/evaluations_file.ts";
import type { ImageSet } from "../evaluation/readers/image_set.ts";
import type { Evaluation } from "../evaluation/judge/score.ts";
import type { EvaluatedTarget, Sets } from "../evaluation/judge/evaluate_target.ts";
import { type Judge, mnistSets, openJudge } from "../evaluation/judge/judge.ts";
import { openTarget } from "../evaluation/judge/open_target.ts";
import { type EvaluateCommand, parseEvaluateCommand } from "./evaluate_options.ts";
import { formatEvaluation } from "./evaluation_table.ts";
import { reportError } from "./report_error.ts";
import { showProvision } from "./show_provision.ts";
import { startVisibly } from "./start_visibly.ts";

async function main(args: readonly string[]): Promise<void> {
  const command = parseEvaluateCommand(args);
  if (!command.json) {
    console.error(`Evaluating ${command.target} against ${command.against} …`);
  }
  await startVisibly({ engine: command.engine });
  const evaluation = command.features
    ? await compareFeatureFiles(command.target, command.against, command.seed)
    : await judgeImages(command);
  console.log(
    command.json ? JSON.stringify(evaluation, null, 2) : formatEvaluation(evaluation),
  );
}

async function judgeImages(command: EvaluateCommand): Promise<Evaluation> {
  const mnist = await loadMnist();
  const target = await openTarget(command.target, command);
  const folder = command.out ?? target.runFolder;
  // If scores.json cannot be read, then the command must fail before the work begins.
  if (folder) await readEvaluations(folder);
  const sets = {
    target: target.images,
    ...await realSets(command, mnist),
  };
  const judge = await openFor(target.images, mnist, command);
  const progress = showProgress();
  try {
    const evaluated = await judge.judge(sets, {
      accuracyClassifiers: command.accuracyScore,
      seed: command.seed,
      onProgress: progress.update,
    });
    if (folder) await save(folder, evaluated);
    return evaluated.evaluation;
  } finally {
    progress.stop();
    judge.dispose();
  }
}

async function openFor(
  size: ImageSet,
  mnist: Mnist,
  { extractor, weights }: EvaluateCommand,
): Promise<Judge> {
  const display = showProvision();
  try {
    return await openJudge(mnist, {
      extractor,
      weights,
      size,
      onReport: display.onReport,
    });
  } finally {
    display.stop();
  }
}

/**
 * Returns the real images. For MNIST, also returns a second set of real images, whose scores are
 * the floor.
 */
async function realSets(
  { against, samples, seed, kind }: EvaluateCommand,
  mnist: Mnist,
): Promise<Omit<Sets, "target">> {
  if (against === "train" || against === "test") {
    return mnistSets(against, mnist);
  }
  const { images } = await openTarget(against, { samples, seed, kind });
  return { real: images };
}

async function save(
  folder: string,
  { evaluation, neighbours }: EvaluatedTarget,
): Promise<void> {
  await keepEvaluation(folder, evaluation);
  if (!neighbours) return;
  await writeAtomically(
    `${folder}/nearest.png`,
    await drawPairs(neighbours),
  );
  await writeAtomically(
    `${folder}/distances.png`,
    await renderChart(
      neighbourChart(neighbours.distances, neighbours.unseen),
    ),
  );
}

function showProgress(): {
  update(what: string, done: number, total: number): void;
  stop(): void;
} {
  let bar: Progress | undefined;
  let title: string | undefined;
  return {
    update(what, done, total) {
      if (what !== title) {
        bar?.stop();
        title = what;
        const unit = what.startsWith("Training") ? "steps" : "images";
        bar = startProgress({ title: what, total, unit });
      }
      bar?.update(done);
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}

if (import.meta.main) await main(Deno.args).catch(reportError);
