/**
 * Compares the LeNet-FID of several sets of images with values that NumPy and SciPy computed. The
 * test needs the weights of the published LeNet, which are not in the repository. If the weights
 * are missing, then the test is skipped.
 */
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { extractFeatures } from "../../../lib/evaluation/extractors/extract_features.ts";
import { openLenet } from "../../../lib/evaluation/extractors/lenet.ts";
import { frechetDistance } from "../../../lib/evaluation/metrics/frechet_distance.ts";
import { imagesInMemory } from "../../../lib/evaluation/readers/image_set.ts";
import { computeMoments } from "../../../lib/evaluation/metrics/moments.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { assertRelative } from "../../support/relative.ts";
import { needsShared, sharedFile } from "../../support/shared.ts";
import { requiring } from "../../support/skip.ts";

const LENET = "lenet-mnist/lenet.json";
const weights = sharedFile(LENET);
const COUNT = 10_000;

Deno.test(requiring(
  needsShared(LENET),
  "LeNet-FID to the test set is .099 for training images, 1.58 with noise, 99.8 for noise",
  withoutLeaks(async () => {
    await useNative();
    const lenet = await openLenet(weights);
    try {
      const { train, test } = await loadMnist();
      const digits = test.images.pixels;
      const stream = randomStream(1, "noise");
      const sets = {
        real: digits,
        training: train.images.pixels.subarray(0, digits.length),
        noisy: Uint8ClampedArray.from(
          digits,
          (shade) => shade + stream.integer(100) - 50,
        ),
        noise: Uint8Array.from(digits, () => stream.integer(256)),
      };
      const momentsOf = async (name: keyof typeof sets) => {
        const pixels = new Uint8Array(sets[name]);
        const set = imagesInMemory(name, pixels, [COUNT, 28, 28, 1]);
        return computeMoments(await extractFeatures(set, lenet));
      };
      const real = await momentsOf("real");
      const expected = [
        ["training", .099, .005],
        ["noisy", 1.58, .02],
        ["noise", 99.8, .005],
      ] as const;
      for (const [name, distance, tolerance] of expected) {
        const { fid } = frechetDistance(await momentsOf(name), real);
        assertRelative(fid, distance, tolerance, name);
      }
    } finally {
      lenet.dispose();
    }
  }),
));
