/** What judges the cells of a run: its extractors, opened once, and the real images, prepared once. */
import type { Mnist } from "../dataset/mnist.ts";
import { take } from "../dataset/split.ts";
import { setOf } from "../evaluation/image_set.ts";
import type { Evaluation } from "../evaluation/score.ts";
import type { ByteImages } from "../images.ts";
import { randomStream } from "../random.ts";
import { type Judge, mnistSets, openJudge } from "../runs/judge.ts";
import type { Sets } from "../runs/evaluate_target.ts";
import type { Experiment } from "./experiment.ts";
import { type MeasureCurve, prepareCurve } from "./measure_curve.ts";

export interface CellJudgeOptions {
  /** The published LeNet weights; without them nothing is measured on LeNet features. */
  readonly lenet?: string | undefined;
  /** Generated images of a final judgement; default 10,000. */
  readonly samples?: number | undefined;
  /** Folder for what is kept of real sets; default: in the user's cache. */
  readonly cache?: string | undefined;
}

export interface CellJudge {
  /** Generated images of a final judgement. */
  readonly samples: number;
  readonly curve: MeasureCurve;
  /** All scores of the generated images of a cell whose training is over, by each extractor. */
  final(
    generated: ByteImages,
    name: string,
    against: Experiment["against"],
  ): Promise<Evaluation[]>;
  dispose(): void;
}

/** Of samples, subsets and metrics: the same for all cells, so that chance in judging is common to them. */
export const JUDGE_SEED = 1;

/** Opens the judge of all cells. */
export async function openCellJudge(
  mnist: Mnist,
  { lenet: weights, samples = 10_000, cache }: CellJudgeOptions = {},
): Promise<CellJudge> {
  const digit = await openJudge(mnist, { extractor: "digit", cache });
  const lenet = weights === undefined
    ? undefined
    : await openJudge(mnist, { extractor: "lenet", weights, cache });
  const judges = lenet ? [digit, lenet] : [digit];
  const sets = {
    test: mnistSets("test", mnist),
    validation: validationSets(mnist, samples),
  };
  return {
    samples,
    curve: await prepareCurve(mnist, digit, lenet),
    async final(generated, name, against) {
      const target = setOf(name, generated);
      const evaluations: Evaluation[] = [];
      for (const judge of judges) {
        evaluations.push(await finalOf(judge, { target, ...sets[against] }));
      }
      return evaluations;
    },
    dispose: () => judges.forEach((judge) => judge.dispose()),
  };
}

async function finalOf(judge: Judge, sets: Sets): Promise<Evaluation> {
  const { evaluation } = await judge.judge(sets, { seed: JUDGE_SEED });
  return evaluation;
}

/** Training images to choose recipes by, and others for the floor. */
function validationSets(
  { train }: Pick<Mnist, "train">,
  samples: number,
): Omit<Sets, "target"> {
  const count = Math.min(samples, Math.floor(train.images.count / 2));
  const order = randomStream(0, "validation images").permutation(
    train.images.count,
  );
  const part = (from: number) =>
    take(train, order.slice(from, from + count)).images;
  return {
    real: setOf(`${count} of MNIST's training images`, part(0)),
    floor: setOf(`${count} other training images`, part(count)),
  };
}
