/**
 * Judges the images that cells generate. The feature extractors and the real images are prepared
 * only once, and all cells share them.
 */
import type { Mnist } from "../../dataset/mnist.ts";
import { take } from "../../dataset/split.ts";
import { cachedFeatures } from "../../evaluation/extractors/extract_features.ts";
import { setOf } from "../../evaluation/readers/image_set.ts";
import type { Features } from "../../evaluation/metrics/features.ts";
import type { Moments } from "../../evaluation/metrics/moments.ts";
import type { Evaluation } from "../../evaluation/judge/score.ts";
import type { ByteImages } from "../../images.ts";
import { randomStream } from "../../random.ts";
import { type Judge, mnistSets, openJudge } from "../../evaluation/judge/judge.ts";
import type { Sets } from "../../evaluation/judge/evaluate_target.ts";
import { takeSome } from "../../evaluation/judge/open_target.ts";
import { type DistanceOfCount, distancesByCount } from "./distances_by_count.ts";
import type { Experiment } from "../experiment.ts";
import { type MeasureCurve, prepareCurve } from "./measure_curve.ts";

export interface CellJudgeOptions {
  /**
   * Path to the published LeNet weights. If no path is given, no scores are computed from LeNet
   * features.
   */
  readonly lenet?: string | undefined;
  /** Number of generated images from which the final scores are computed; default 10,000. */
  readonly samples?: number | undefined;
  /**
   * Folder in which results for sets of real images are cached. By default, this is a folder in
   * the user's cache.
   */
  readonly cache?: string | undefined;
}

export interface CellJudge {
  /** Number of generated images from which the final scores are computed. */
  readonly samples: number;
  readonly curve: MeasureCurve;
  /**
   * Computes the final scores of `generated`, the images that a cell generates after training. The
   * scores are computed with each extractor.
   */
  final(
    generated: ByteImages,
    name: string,
    against: Experiment["against"],
  ): Promise<FinalJudgement>;
  dispose(): void;
}

export interface FinalJudgement {
  readonly evaluations: readonly Evaluation[];
  readonly distances: readonly CountedDistance[];
}

/**
 * Two Fréchet distances that can be compared, because both are measured with the same number of
 * images. `generated` is the distance of generated images from the real set. `real` is the distance
 * of other real images from the real set. Each distance is the mean over disjoint sets, each of
 * which contains `images` images.
 */
export interface CountedDistance {
  readonly extractor: string;
  readonly images: number;
  readonly sets: number;
  readonly generated: number;
  readonly real: number;
}

/**
 * Seed for generating images, choosing subsets and computing metrics. All cells use the same seed,
 * so that differences between cells do not come from randomness in judging.
 */
export const JUDGE_SEED = 1;

/** Opens a judge that can judge all cells. */
export async function openCellJudge(
  mnist: Mnist,
  { lenet: weights, samples = 10_000, cache }: CellJudgeOptions = {},
): Promise<CellJudge> {
  const digit = await openJudge(mnist, { extractor: "digit", cache });
  const lenet = weights === undefined ? undefined : await openJudge(mnist, {
    extractor: "lenet",
    weights,
    cache,
    // The digit judge already computes the scores that use the classifier or the pixels.
    featuresOnly: true,
  });
  const judges = lenet ? [digit, lenet] : [digit];
  const sets = {
    test: mnistSets("test", mnist),
    validation: validationSets(mnist, samples),
  };
  // The distances of real images are the same for every cell.
  const counted = new Map<string, Promise<RealCounts>>();
  const countsOf = (judge: Judge, against: Experiment["against"]) => {
    const key = `${judge.extractor.name} ${against}`;
    const counts = counted.get(key) ??
      countReal(judge, sets[against], samples);
    counted.set(key, counts);
    return counts;
  };
  return {
    samples,
    curve: await prepareCurve(mnist, digit, lenet),
    async final(generated, name, against) {
      const target = setOf(name, generated);
      const evaluations: Evaluation[] = [];
      const distances: CountedDistance[] = [];
      for (const judge of judges) {
        const { evaluation, features } = await judge.judge(
          { target, ...sets[against] },
          { seed: JUDGE_SEED },
        );
        evaluations.push(evaluation);
        distances.push(...countDistances(judge, features, await countsOf(judge, against)));
      }
      return { evaluations, distances };
    },
    dispose: () => judges.forEach((judge) => judge.dispose()),
  };
}

/** The moments of the real set, and the distances of other real images from this set. */
interface RealCounts {
  readonly moments: Moments;
  readonly floors: readonly DistanceOfCount[];
}

async function countReal(
  { extractor, cache, sideOf }: Judge,
  { real, floor }: Omit<Sets, "target">,
  samples: number,
): Promise<RealCounts> {
  const { moments } = await sideOf(real);
  const others = takeSome(floor!, { samples, seed: JUDGE_SEED });
  const features = await cachedFeatures(others, extractor, cache);
  return { moments, floors: distancesByCount(features, moments) };
}

function countDistances(
  { extractor }: Judge,
  features: Features,
  { moments, floors }: RealCounts,
): CountedDistance[] {
  return distancesByCount(features, moments).map((
    { images, sets, distance },
  ) => ({
    extractor: extractor.name,
    images,
    sets,
    generated: distance,
    real: floors.find((floor) => floor.images === images)?.distance ?? NaN,
  }));
}

/**
 * Returns two disjoint sets of training images. Generated images are compared with the first set.
 * The second set is used for the floor, which is the score that real images reach.
 */
function validationSets(
  { train }: Pick<Mnist, "train">,
  samples: number,
): Omit<Sets, "target"> {
  const count = Math.min(samples, Math.floor(train.images.count / 2));
  const order = randomStream(0, "validation images").permutation(
    train.images.count,
  );
  const part = (from: number) => take(train, order.slice(from, from + count)).images;
  return {
    real: setOf(`${count} of MNIST's training images`, part(0)),
    floor: setOf(`${count} other training images`, part(count)),
  };
}

/** Formats distances.csv. */
export function formatDistances(distances: readonly CountedDistance[]): string {
  const rows = distances.map(({ extractor, images, sets, generated, real }) =>
    [extractor, images, sets, generated.toFixed(4), real.toFixed(4)].join()
  );
  return ["extractor,images,sets,generated,real", ...rows, ""].join("\n");
}
