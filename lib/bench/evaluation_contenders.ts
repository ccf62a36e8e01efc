/**
 * Times the two slow parts of the FID: computing the Fréchet distance in 2048 dimensions, and
 * extracting Inception features from images. The feature vectors and the Inception weights are
 * random, which does not affect the time.
 */
import { type Convolution, convolutions } from "../evaluation/extractors/inception_convolutions.ts";
import { inceptionExtractor } from "../evaluation/extractors/inception.ts";
import { frechetDistance } from "../evaluation/metrics/frechet_distance.ts";
import { computeMoments, type Moments } from "../evaluation/metrics/moments.ts";
import type { ByteImages } from "../images.ts";
import { type RandomStream, randomStream } from "../random.ts";
import type { NamedTensor } from "../models/safetensors.ts";
import { type Contender, type Goal, timeFunction } from "./contender.ts";
import type { PeerConfiguration } from "./peers.ts";

/** Number of images per step. peers/fid_steps.py uses the same number. */
const IMAGES = 16;
const DIMENSION = 2048;

export const evaluationTitle =
  `Fréchet distance in ${DIMENSION} dimensions, Inception features of ${IMAGES} digits`;

/** Names of the contenders. */
export const evaluationNames = {
  frechet: "sudogan, Fréchet",
  frechetPeer: "pytorch-fid, Fréchet",
  inception: "sudogan, Inception",
  inceptionPeer: "pytorch-fid, Inception",
} as const;

/** The parts of pytorch-fid that are timed. Each part is timed in only one configuration. */
export const evaluationPeers: readonly PeerConfiguration[] = [
  {
    peer: evaluationNames.frechetPeer,
    name: evaluationNames.frechetPeer,
    framework: "fid",
    task: "frechet",
    mode: "eager",
  },
  {
    peer: evaluationNames.inceptionPeer,
    name: evaluationNames.inceptionPeer,
    framework: "fid",
    task: "inception",
    mode: "eager",
  },
];

export const evaluationGoals: readonly Goal[] = [
  {
    contender: evaluationNames.frechet,
    against: evaluationNames.frechetPeer,
    atMost: 0.3,
  },
  {
    contender: evaluationNames.inception,
    against: evaluationNames.inceptionPeer,
    atMost: 1,
  },
];

/** Number of vectors in each set, which is enough for a covariance matrix of full rank. */
const VECTORS = 2 * DIMENSION;

/** Returns the contenders that run in this process. */
export function evaluationContenders(images: ByteImages): Contender[] {
  return [frechetContender(), inceptionContender(images)];
}

/**
 * Times the Fréchet distance between two sets with known means and covariances. As in pytorch-fid,
 * only the means and covariances are computed before the timing starts.
 */
function frechetContender(): Contender {
  const [a, b] = [0, 1].map((side) => randomMoments(side));
  return timeFunction(
    evaluationNames.frechet,
    () => void frechetDistance(a, b),
  );
}

function randomMoments(side: number): Moments {
  const stream = randomStream(side, "bench", "frechet");
  const values = Float64Array.from(
    { length: VECTORS * DIMENSION },
    () => stream.uniform() + side,
  );
  return computeMoments({ values, count: VECTORS, dimension: DIMENSION });
}

function inceptionContender(images: ByteImages): Contender {
  const { height, width } = images;
  const extractor = inceptionExtractor("fid-inception", {
    tensors: randomWeights(randomStream(1, "bench", "inception")),
    hash: "",
    path: "random weights",
    images: { height, width, channels: 1 },
  });
  const pixels = images.pixels.subarray(0, IMAGES * height * width);
  return timeFunction(
    evaluationNames.inception,
    async () => void await extractor.features(pixels, IMAGES),
    () => extractor.dispose(),
  );
}

/**
 * Returns random weights under the names that torchvision uses. They are drawn with He
 * initialization, which keeps the activations at a similar size in all layers.
 */
function randomWeights(stream: RandomStream): Map<string, NamedTensor> {
  return new Map(convolutions.flatMap((each) => weightsOf(each, stream)));
}

function weightsOf(
  { name, shape: [height, width, channels, out] }: Convolution,
  stream: RandomStream,
): [string, NamedTensor][] {
  const size = height * width * channels;
  const bound = Math.sqrt(6 / size);
  const filters = Float32Array.from(
    { length: size * out },
    () => (2 * stream.uniform() - 1) * bound,
  );
  const constant = (value: number): NamedTensor => ({
    shape: [out],
    values: new Float32Array(out).fill(value),
  });
  return [
    [`${name}.conv.weight`, {
      shape: [out, channels, height, width],
      values: filters,
    }],
    [`${name}.bn.weight`, constant(1)],
    [`${name}.bn.bias`, constant(0)],
    [`${name}.bn.running_mean`, constant(0)],
    [`${name}.bn.running_var`, constant(1)],
  ];
}
