import type { Features } from "../../lib/evaluation/metrics/features.ts";
import { chooseRows } from "../../lib/evaluation/metrics/kid.ts";
import { parseNpy } from "../../lib/evaluation/readers/npy.ts";
import { randomStream } from "../../lib/random.ts";
import { gaussian, tabulate, transform } from "./features.ts";

export interface MetricCase {
  readonly name: string;
  readonly real: Features;
  readonly generated: Features;
  /** Number of nearest neighbours (k) for precision and recall. */
  readonly neighbours: number;
  /**
   * How the random subsets for KID are drawn: their number, their size and the seed. If this field
   * is missing, then KID uses all vectors at once.
   */
  readonly kid?: {
    readonly subsets: number;
    readonly subsetSize: number;
    readonly seed: number;
  };
  /**
   * Whether both covariance matrices have full rank. If a covariance matrix does not have full
   * rank, then the usual ways to compute the Fréchet distance are inexact.
   */
  readonly fullRank: boolean;
}

/**
 * The extractors for which features are stored; the features come from MNIST's first test images
 * and first training images.
 */
export const storedFeatures = ["lenet", "digit"] as const;

export async function metricCases(): Promise<MetricCase[]> {
  return [
    normalCase("200 in 16", [200, 200, 16]),
    normalCase("1000 in 64", [1000, 1000, 64]),
    normalCase("600 in 200", [600, 600, 200]),
    {
      ...normalCase("500 and 300 in 32", [500, 300, 32]),
      kid: { subsets: 6, subsetSize: 100, seed: 7 },
    },
    normalCase("33 in 32", [33, 33, 32]),
    { ...normalCase("40 in 64", [40, 40, 64]), fullRank: false },
    { ...normalCase("100 in 512", [100, 100, 512]), fullRank: false },
    {
      ...normalCase("300 and 20 in 48", [300, 20, 48]),
      kid: { subsets: 5, subsetSize: 15, seed: 7 },
      fullRank: false,
    },
    onSubspace(),
    ...await Promise.all(storedFeatures.map(storedCase)),
  ];
}

/**
 * Returns the indices of the rows that {@linkcode kernelInceptionDistance} chooses for each of
 * KID's subsets. Each element contains the rows chosen from the real features and the rows chosen
 * from the generated features.
 */
export function subsetRows(
  { real, generated, kid }: MetricCase,
): [number[], number[]][] | undefined {
  if (!kid) return undefined;
  const draw = (name: string, { count }: Features, i: number) => [
    ...chooseRows(
      randomStream(kid.seed, "kid", name, i),
      count,
      kid.subsetSize,
    ),
  ];
  return Array.from({ length: kid.subsets }, (_, i) => [
    draw("a", real, i),
    draw("b", generated, i),
  ]);
}

/**
 * Returns a case that compares features from N(0, 1) with features from a scaled and shifted normal
 * distribution.
 */
function normalCase(
  name: string,
  [count, others, dimension]: readonly [number, number, number],
): MetricCase {
  const real = gaussian(count, dimension, 11);
  const generated = transform(
    gaussian(others, dimension, 12),
    (x, _, j) => x * (.7 + j % 3 * .2) + .3 * Math.cos(j),
  );
  return { name, real, generated, neighbours: 5, fullRank: true };
}

/**
 * Returns a case whose vectors lie in a subspace: some features are multiples of others, and one
 * feature is constant. The case has more vectors than dimensions.
 */
function onSubspace(): MetricCase {
  const { real, generated } = normalCase("", [400, 400, 12]);
  const widen = ({ values, count }: Features) =>
    tabulate(
      count,
      30,
      (i, j) => j === 29 ? .5 : values[i * 12 + j % 12] * (1 + (j >> 3)),
    );
  return {
    name: "400 on 12 of 30",
    real: widen(real),
    generated: widen(generated),
    neighbours: 3,
    fullRank: false,
  };
}

async function storedCase(
  name: typeof storedFeatures[number],
): Promise<MetricCase> {
  const open = async (side: string) => {
    const url = new URL(
      `../golden/metrics/${name}_${side}.npy`,
      import.meta.url,
    );
    const { values, shape: [count, dimension] } = parseNpy(
      await Deno.readFile(url),
      name,
    );
    return { values, count, dimension };
  };
  return {
    name,
    real: await open("real"),
    generated: await open("generated"),
    neighbours: 5,
    // The stored features come from 100 real digits and 100 digits that stand for generated ones.
    // LeNet has only 84 features, but the project's classifier has more than 100.
    fullRank: name === "lenet",
  };
}
