import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import sharp from "sharp";
import { drawSheet } from "../../lib/display/sheets.ts";
import { deriveSeed } from "../../lib/random.ts";
import { RunError } from "../../lib/runs/run_folder.ts";
import {
  animateSheets,
  kindsOf,
  listSheets,
  saveSheets,
  sheetsOfKind,
  withSampler,
} from "../../lib/runs/samples.ts";
import { estimateStatistics } from "../../lib/models/estimate_statistics.ts";
import { sampleImages } from "../../lib/models/sample_images.ts";
import { createGan, disposeGan } from "../../lib/training/gan/gan.ts";
import { allVariables } from "../../lib/models/variables.ts";
import type { TrainOptions } from "../../lib/training/gan/options.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";
import { listFiles } from "../support/run_folders.ts";
import { toyOptions } from "../support/toy.ts";

const size = { height: 2, width: 3 };

Deno.test(
  "a GAN with a moving average has two kinds of generator, each with its own samples",
  withGan({}, async (gan, options) => {
    assertEquals(kindsOf(gan), ["generator", "average"]);
    for (const kind of ["generator", "average"] as const) {
      const sampler = await withSampler(gan, kind, options, asItIs);
      assert(sampler === gan[kind]);
    }
  }),
);

Deno.test(
  "without an average both kinds are the same generator",
  withGan({ averageDecay: 0 }, async (gan, options) => {
    assertEquals(kindsOf(gan), ["generator"]);
    const sampler = await withSampler(gan, "average", options, asItIs);
    assert(sampler === gan.generator);
  }),
);

Deno.test(
  "statistics are estimated in a copy of the generator, and the generator keeps its own",
  withGan({ sampleStatistics: "estimated", seed: 3 }, async (gan, options) => {
    const numbers = (model: tf.LayersModel) =>
      allVariables(model).map((variable) => variable.dataSync());
    // The average weights must differ from those of a new generator.
    allVariables(gan.average!).forEach((variable, i) =>
      tf.tidy(() => variable.assign(variable.add(i / 100)))
    );
    const before = numbers(gan.average!);
    const sampled = await withSampler(
      gan,
      "average",
      options,
      (model) => Promise.resolve(numbers(model)),
    );
    assertEquals(numbers(gan.average!), before);
    estimateStatistics(gan.average!, deriveSeed(3, "statistics"));
    assertEquals(sampled, numbers(gan.average!));
    assertNotEquals(sampled, before);
  }),
);

Deno.test(
  "the sheets of both kinds show 64 images of the same latents, and are named by the step",
  withGan({ seed: 5 }, async (gan, options) => {
    const folder = await Deno.makeTempDir();
    await saveSheets(folder, gan, options, 120, size);
    await saveSheets(folder, gan, options, 4, size);
    assertEquals(await listFiles(folder), [
      ...["average/step-00000004.png", "average/step-00000120.png"],
      ...["generator/step-00000004.png", "generator/step-00000120.png"],
    ]);
    for (const kind of kindsOf(gan)) {
      const images = await sampleImages(gan[kind]!, {
        ...{ ...size, count: 64, seed: deriveSeed(5, "samples") },
      });
      const sheet = await drawSheet(images);
      for (const step of ["00000004", "00000120"]) {
        assertEquals(
          await Deno.readFile(`${folder}/${kind}/step-${step}.png`),
          new Uint8Array(sheet),
        );
      }
    }
  }),
);

Deno.test("the sheets of a run are those of the averaged generator, if it has any", async () => {
  const folder = await Deno.makeTempDir();
  const refused = () => assertRejects(() => listSheets(folder), RunError, folder);
  const add = async (kind: string, ...steps: string[]) => {
    await Deno.mkdir(`${folder}/${kind}`, { recursive: true });
    for (const step of steps) await Deno.writeFile(`${folder}/${kind}/${step}`, new Uint8Array(0));
    return steps.toSorted().map((step) => `${folder}/${kind}/${step}`);
  };
  await refused();
  await add("average");
  await add("generator");
  await refused();
  const ofGenerator = await add("generator", "step-2.png", "step-1.png");
  assertEquals(await listSheets(folder), ofGenerator);
  const ofAverage = await add("average", "step-4.png", "step-3.png");
  assertEquals(await listSheets(folder), ofAverage);
  assertEquals(await sheetsOfKind(folder, "generator"), ofGenerator);
});

Deno.test("sheets that cannot be read are not treated as missing", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/average`, "no folder");
  await assertRejects(() => sheetsOfKind(folder, "average"), Deno.errors.NotADirectory);
});

Deno.test("an animation shows the sheets in the order of their steps, and the last one for longer", async () => {
  const folder = await Deno.makeTempDir();
  const shades = [["30", 200], ["10", 0], ["20", 100]] as const;
  for (const [step, shade] of shades) {
    const pixels = new Uint8Array(4).fill(shade);
    const png = await sharp(pixels, {
      raw: { width: 2, height: 2, channels: 1 },
    }).png().toBuffer();
    await Deno.writeFile(`${folder}/step-${step}.png`, png);
  }
  await Deno.writeTextFile(`${folder}/step-15.png.tmp`, "half a file");
  await animateSheets(folder, `${folder}/all.webp`);
  const { pages, delay } = await sharp(`${folder}/all.webp`).metadata();
  assertEquals([pages, delay], [3, [250, 250, 3000]]);
  const frames = await Promise.all([0, 1, 2].map(async (page) => {
    const raw = await sharp(`${folder}/all.webp`, { page }).raw().toBuffer();
    return raw[0];
  }));
  assertEquals(frames, [0, 100, 200]);
});

Deno.test(
  "a sampler's copy is freed even if sampling fails",
  withGan({ sampleStatistics: "estimated" }, async (gan, options) => {
    const failure = new Error("disk full");
    const failed = await withSampler(
      gan,
      "generator",
      options,
      () => Promise.reject(failure),
    ).catch((error) => error);
    assert(failed === failure);
  }),
);

type Gan = ReturnType<typeof createGan>;

function withGan(
  changes: Partial<TrainOptions>,
  body: (gan: Gan, options: TrainOptions) => Promise<void>,
): () => Promise<void> {
  return async () => {
    await useNative();
    await withoutLeaks(async () => {
      const options = toyOptions(changes);
      const gan = createGan(options, size.height * size.width);
      try {
        await body(gan, options);
      } finally {
        disposeGan(gan);
      }
    })();
  };
}

function asItIs(model: tf.LayersModel): Promise<tf.LayersModel> {
  return Promise.resolve(model);
}
