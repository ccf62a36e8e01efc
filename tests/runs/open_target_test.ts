import { assert, assertEquals, assertRejects } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import { EvaluationError } from "../../lib/evaluation/evaluation_error.ts";
import { setOf } from "../../lib/evaluation/image_set.ts";
import { buildDiscriminator } from "../../lib/models/discriminator.ts";
import { buildGenerator } from "../../lib/models/generator.ts";
import { saveModel } from "../../lib/models/save_model.ts";
import { randomStream } from "../../lib/random.ts";
import { openTarget, takeSome } from "../../lib/runs/open_target.ts";
import { sampleImages } from "../../lib/sampling/sample_images.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

const options = { samples: 3, seed: 7, kind: "average" } as const;
const layers = { hidden: [5], activation: "relu" } as const;

Deno.test("of more images than wanted some are taken at random, by the seed; of fewer all", async () => {
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
  "a saved generator draws as many images as wanted, by the seed",
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
  "a run's generator is that of the kind that is asked for; one that is not there is named",
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

Deno.test(
  "a model that is no generator is refused, with its shapes",
  withoutLeaks(async () => {
    await useNative();
    const folder = await Deno.makeTempDir();
    const model = buildDiscriminator(
      { ...layers, imageSize: 784, dropout: 0 },
      1,
    );
    await saveModel(model, folder);
    model.dispose();
    await assertRejects(
      () => openTarget(folder, options),
      EvaluationError,
      `${folder}: wanted a generator, from [batch, latents] to [batch, 784]`,
    );
  }),
);

function makeGenerator(): tf.LayersModel {
  return buildGenerator({
    ...layers,
    ...{ latentSize: 4, imageSize: 784, batchNormMomentum: .8 },
  }, 1);
}
