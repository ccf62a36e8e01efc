/**
 * `deno task evaluate`: judges a run, a generator or images against MNIST or against other images.
 */
import { writeAtomically } from "../system/atomic_write.ts";
import { loadMnist, type Mnist } from "../dataset/mnist.ts";
import { renderChart } from "../display/charts.ts";
import { drawPairs, neighbourChart } from "../display/neighbour_pictures.ts";
import { type Progress, startProgress } from "../display/progress.ts";
import { compareFeatures } from "../evaluation/judge/compare_features.ts";
import { RealSide } from "../evaluation/judge/real_side.ts";
import { keepEvaluation, readEvaluations } from "../evaluation/judge/evaluations_file.ts";
import { frechetDistance } from "../evaluation/metrics/frechet_distance.ts";
import type { ImageSet } from "../evaluation/readers/image_set.ts";
import { computeMoments, type Moments } from "../evaluation/metrics/moments.ts";
import { openFeatures } from "../evaluation/readers/open_features.ts";
import type { Evaluation } from "../evaluation/judge/score.ts";
import type { EvaluatedTarget, Sets } from "../evaluation/judge/evaluate_target.ts";
import { SCORES_VERSION } from "../evaluation/judge/evaluate_options.ts";
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
  const evaluation = command.features ? await compareFiles(command) : await judgeImages(command);
  console.log(
    command.json ? JSON.stringify(evaluation, null, 2) : formatEvaluation(evaluation),
  );
}

/** Compares feature files, which hold either features or only their moments. */
async function compareFiles(
  { target, against, seed }: EvaluateCommand,
): Promise<Evaluation> {
  const [a, b] = [await openFeatures(target), await openFeatures(against)];
  const about = {
    target,
    subject: { path: target },
    scoring: SCORES_VERSION,
    against,
    extractor: { name: "from files", dimension: a.dimension },
    seed,
  };
  if (a.kind === "features" && b.kind === "features") {
    const compared = compareFeatures(a, new RealSide(b), { metric: "FID", seed });
    return { ...about, images: [a.count, b.count], ...compared };
  }
  const [x, y] = [a, b].map((side): Moments =>
    side.kind === "features"
      ? computeMoments(side)
      // A file of moments does not say how many images it describes.
      : { ...side, count: Number.MAX_SAFE_INTEGER }
  );
  const { fid } = frechetDistance(x, y);
  return {
    ...about,
    images: [a, b].map((side) => side.kind === "features" ? side.count : NaN) as [number, number],
    scores: [{ name: "FID", value: fid, better: "lower" }],
    remarks: ["The number of images is unknown: a file of moments does not hold it."],
  };
}

async function judgeImages(command: EvaluateCommand): Promise<Evaluation> {
  const mnist = await loadMnist();
  const target = await openTarget(command.target, command);
  const folder = command.out ?? target.runFolder;
  // Refuses a folder with a file of another kind before computing anything.
  if (folder) await readEvaluations(folder);
  const sets = {
    target: target.images,
    ...await realSets(command, mnist),
  };
  const judge = await openFor(target.images, mnist, command);
  const progress = showProgress();
  try {
    const evaluated = await judge.judge(sets, {
      accuracyScore: command.accuracyScore,
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

/**
 * Opens a judge for images of the target's size, and downloads the extractor's weights if
 * necessary.
 */
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

/** Returns the real set, and another set of the same kind for the floor. */
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

/** Shows a bar for each stage of the work. */
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
