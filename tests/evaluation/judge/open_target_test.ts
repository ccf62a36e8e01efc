import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { setOf } from "../../../lib/evaluation/readers/image_set.ts";
import { buildDiscriminator } from "../../../lib/models/discriminator.ts";
import { buildGenerator } from "../../../lib/models/generator.ts";
import { saveModel } from "../../../lib/models/save_model.ts";
import { randomStream } from "../../../lib/random.ts";
import {
  openTarget,
  takeSome,
  type TargetOptions,
} from "../../../lib/evaluation/judge/open_target.ts";
import { sampleImages } from "../../../lib/models/sample_images.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";

const options = { samples: 3, seed: 7, kind: "average" } as const;
const layers = { hidden: [5], activation: "relu" } as const;

Deno.test("the seed chooses images if there are more than requested, and otherwise all are used", async () => {
  const pixels = Uint8Array.from({ length: 20 }, (_, i) => i);
  const set = setOf("twenty", {
    ...{ pixels, count: 20, height: 1, width: 1, range: "0..255" },
  });
  const rows = (samples: number, seed: number) =>
    takeSome(set, { samples, seed }).read(0, Math.min(samples, 20));
  assertEquals(
    await rows(6, 3),
    Uint8Array.from(randomStream(3, "subset", 20).permutation(20).slice(0, 6)),
  );
  assert((await rows(6, 3)).join() !== (await rows(6, 4)).join());
  assertEquals(takeSome(set, { samples: 6, seed: 3 }).count, 6);
  for (const samples of [20, 21]) {
    assertEquals(takeSome(set, { samples, seed: 3 }), set);
  }
});

Deno.test(
  "a saved generator makes the requested number of images from the seed",
  withoutLeaks(async () => {
    await useNative();
    const folder = await Deno.makeTempDir();
    const generator = makeGenerator();
    await saveModel(generator, folder);
    const wanted = await sampleImages(generator, { count: 3, seed: 7 });
    const { images, runFolder } = await openTarget(folder, options);
    assertEquals([images.count, runFolder], [3, undefined]);
    assertEquals(images.name, `${folder} (average, seed 7)`);
    assertEquals(await images.read(0, 3), wanted.pixels);
    generator.dispose();
  }),
);

Deno.test(
  "a run's generator is opened by its kind, and the error names a missing one",
  withoutLeaks(async () => {
    await useNative();
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/config.json`, "{}");
    await Deno.mkdir(`${folder}/models/generator`, { recursive: true });
    const generator = makeGenerator();
    await saveModel(generator, `${folder}/models/generator`);
    generator.dispose();
    const kind = "generator";
    const { images, runFolder } = await openTarget(folder, {
      ...options,
      kind,
    });
    assertEquals([runFolder, images.name], [
      ...[folder, `${folder} (generator, seed 7)`],
    ]);
    await assertRejects(
      () => openTarget(folder, options),
      EvaluationError,
      `${folder}: wanted the run's average in ${folder}/models/average, found none`,
    );
  }),
);

/** Models that are not generators of images with 784 pixels. */
const others: Readonly<Record<string, () => tf.LayersModel>> = {
  "a discriminator": () => buildDiscriminator({ ...layers, imageSize: 784, dropout: 0 }, 1),
  "a generator of smaller images": () => makeGenerator(783),
  "a model that takes pictures instead of latents": () =>
    tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [2, 2] }),
        tf.layers.dense({ units: 784 }),
      ],
    }),
  "a model with three-dimensional outputs": () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 784, inputShape: [4] }),
        tf.layers.reshape({ targetShape: [784, 1] }),
      ],
    }),
};

for (const [what, build] of Object.entries(others)) {
  Deno.test(
    `${what} is refused as a generator, and the error states its shapes`,
    withoutLeaks(async () => {
      await useNative();
      const folder = await Deno.makeTempDir();
      const model = build();
      await saveModel(model, folder);
      const [from, to] = [model.inputs[0].shape, model.outputs[0].shape];
      model.dispose();
      await assertRejects(
        () => openTarget(folder, options),
        EvaluationError,
        `${folder}: wanted a generator, from [batch, latents] to [batch, 784]; found a model from [${from}] to [${to}].`,
      );
    }),
  );
}

Deno.test("a file of images is used as a whole or sampled at random, and identified by its path", async () => {
  const path = `${await Deno.makeTempDir()}/images.idx`;
  const pixels = Uint8Array.from({ length: 20 }, (_, i) => i);
  // This IDX file (type 8, three dimensions) contains 20 images of one byte each.
  const header = [0, 0, 8, 3, ...[0, 0, 0, 20], ...[0, 0, 0, 1, 0, 0, 0, 1]];
  await Deno.writeFile(path, Uint8Array.from([...header, ...pixels]));
  const few = await openTarget(path, options);
  assertEquals([few.images.count, few.runFolder], [3, undefined]);
  assertEquals(few.images.subject, { path });
  assertEquals(
    await few.images.read(0, 3),
    Uint8Array.from(randomStream(7, "subset", 20).permutation(20).slice(0, 3)),
  );
  const all = await openTarget(path, { ...options, samples: 20 });
  assertEquals(await all.images.read(0, 20), pixels);
});

Deno.test("a missing path is refused, and one that is not readable is not reported as missing", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(
    () => openTarget(`${folder}/nothing`, options),
    EvaluationError,
    "found nothing with that name",
  );
  await Deno.symlink("config.json", `${folder}/config.json`);
  const error = await assertRejects(() => openTarget(folder, options));
  assert(!(error instanceof EvaluationError));
});

Deno.test(
  "a record identifies a run's generator by its path in the run, a saved one by its folder",
  withoutLeaks(async () => {
    await useNative();
    const root = await Deno.makeTempDir();
    const save = async (folder: string, seed: number) => {
      const generator = makeGenerator(784, seed);
      await saveModel(generator, folder);
      generator.dispose();
    };
    await Deno.mkdir(`${root}/run`);
    await Deno.writeTextFile(`${root}/run/config.json`, "{}");
    await save(`${root}/run/models/generator`, 1);
    await save(`${root}/run/models/average`, 2);
    await save(`${root}/saved`, 2);
    const subject = async (path: string, changes: Partial<TargetOptions>) => {
      const target = await openTarget(path, { ...options, ...changes });
      return target.images.subject!;
    };
    const [one, other] = [
      await subject(`${root}/run`, { kind: "generator" }),
      await subject(`${root}/run`, { kind: "average" }),
    ];
    assertEquals([one.path, other.path], [
      "models/generator",
      "models/average",
    ]);
    assertMatch(one.hash!, /^[0-9a-f]{64}$/);
    assertNotEquals(one.hash, other.hash);
    // The hash of the weights depends neither on the folder nor on the generated images.
    assertEquals(await subject(`${root}/saved`, { seed: 8, samples: 5 }), {
      path: `${root}/saved`,
      hash: other.hash!,
    });
  }),
);

Deno.test(
  "the hash in records covers the shape and numbers of each weight",
  withoutLeaks(async () => {
    await useNative();
    const folder = await Deno.makeTempDir();
    const generator = makeGenerator();
    await saveModel(generator, folder);
    const hash = createHash("sha256");
    for (const weight of generator.getWeights()) {
      hash.update(`${weight.shape.join()}\n`);
      hash.update(Float32Array.from(await weight.data()));
    }
    generator.dispose();
    const { images } = await openTarget(folder, options);
    assertEquals(images.subject!.hash, hash.digest("hex"));
  }),
);

function makeGenerator(imageSize = 784, seed = 1): tf.LayersModel {
  return buildGenerator({
    ...layers,
    ...{ latentSize: 4, imageSize, batchNormMomentum: .8 },
  }, seed);
}
