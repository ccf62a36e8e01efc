import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { compareFeatureFiles } from "../../../lib/evaluation/judge/compare_feature_files.ts";
import { compareFeatures } from "../../../lib/evaluation/judge/compare_features.ts";
import { SCORES_VERSION } from "../../../lib/evaluation/judge/evaluate_options.ts";
import { RealSide } from "../../../lib/evaluation/judge/real_side.ts";
import { useNative } from "../../support/engine.ts";
import { type DoubleFeatures, gaussian, otherWaves, waves } from "../../support/features.ts";
import { npyOf, npzOf } from "../readers/files.ts";

Deno.test("two files of features get all scores of features", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const [a, b] = [waves(), otherWaves(40)];
  const paths = [`${folder}/a.npy`, `${folder}/b.npy`] as const;
  await writeFeatures(paths[0], a);
  await writeFeatures(paths[1], b);
  const found = await compareFeatureFiles(...paths, 3);
  assertEquals(found, {
    target: paths[0],
    subject: { path: paths[0] },
    scoring: SCORES_VERSION,
    against: paths[1],
    extractor: { name: "from files", dimension: 8 },
    seed: 3,
    images: [50, 40],
    ...compareFeatures(a, new RealSide(b), { metric: "FID", seed: 3 }),
  });
  // The file after the first one holds the real images: recall and precision are not symmetric.
  const swapped = await compareFeatureFiles(paths[1], paths[0], 3);
  assertEquals(swapped.images, [40, 50]);
  assertEquals(scoreOf(swapped, "precision"), scoreOf(found, "recall"));
});

Deno.test("moments in pytorch-fid's format give the distance between two Gaussians, and nothing else", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const [plain, moved, features] = ["a.npz", "b.npz", "c.npy"].map((name) => `${folder}/${name}`);
  // The squared distance of the means is 9 + 16, and that of the deviations is 1 + 4.
  await writeMoments(plain, [0, 0], [[1, 0], [0, 4]]);
  await writeMoments(moved, [3, 4], [[4, 0], [0, 16]]);
  const found = await compareFeatureFiles(plain, moved, 1);
  assertEquals(found.scores.map(({ name, better }) => [name, better]), [["FID", "lower"]]);
  assertAlmostEquals(found.scores[0].value, 9 + 16 + 1 + 4, 1e-9);
  assertEquals(found.images, [NaN, NaN]);
  assertEquals(found.extractor, { name: "from files", dimension: 2 });
  assertEquals(found.remarks, [
    "The number of images is unknown: a file of moments does not contain it.",
  ]);
  await writeFeatures(features, gaussian(30, 2, 1));
  for (
    const [target, against, images] of [
      [plain, features, [NaN, 30]],
      [features, plain, [30, NaN]],
    ] as const
  ) {
    const mixed = await compareFeatureFiles(target, against, 1);
    assertEquals(mixed.images, images);
    assertEquals(mixed.scores.map(({ name }) => name), ["FID"]);
  }
  await writeFeatures(features, waves());
  await assertRejects(() => compareFeatureFiles(plain, features, 1), EvaluationError);
});

function scoreOf(
  { scores }: Awaited<ReturnType<typeof compareFeatureFiles>>,
  wanted: string,
): number {
  return scores.find(({ name }) => name === wanted)!.value;
}

async function writeFeatures(
  path: string,
  { values, count, dimension }: DoubleFeatures,
): Promise<void> {
  await Deno.writeFile(path, npyOf(values, [count, dimension]));
}

async function writeMoments(
  path: string,
  mean: readonly number[],
  covariance: readonly (readonly number[])[],
): Promise<void> {
  const d = mean.length;
  const arrays = {
    mu: npyOf(Float64Array.from(mean), [d]),
    sigma: npyOf(Float64Array.from(covariance.flat()), [d, d]),
  };
  await Deno.writeFile(path, await npzOf(arrays));
}
