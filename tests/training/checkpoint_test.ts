import { assertEquals, assertInstanceOf, assertNotEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
} from "../../lib/models/safetensors.ts";
import {
  CheckpointError,
  NonFiniteWeightsError,
  restoreCheckpoint,
  saveCheckpoint,
} from "../../lib/training/checkpoint.ts";
import { createGan, disposeGan, type Gan, ganState } from "../../lib/training/gan/gan.ts";
import { stepMeasures } from "../../lib/training/gan/gan_step.ts";
import { emptySum } from "../../lib/training/progress.ts";
import { trainGan } from "../../lib/training/gan/train_gan.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";
import { ringOfGaussians, toyOptions } from "../support/toy.ts";

const images = ringOfGaussians(50);

Deno.test(
  "a GAN resumed from a checkpoint ends with the same bits, wherever it was interrupted",
  withoutLeaks(async () => {
    await useNative();
    const options = toyOptions({ steps: 9, learningRateDecay: "linear" });
    const whole = createGan(options, 2);
    await train(whole, 0, 9);
    const expected = stateOf(whole);
    disposeGan(whole);
    for (const cut of [1, 4, 6, 8]) {
      const path = await Deno.makeTempFile();
      const first = createGan(options, 2);
      await train(first, 0, cut);
      await saveCheckpoint(path, ganState(first), { step: cut, sums: {} });
      disposeGan(first);
      const second = createGan(options, 2);
      const { step } = await restoreCheckpoint<{ step: number }>(
        path,
        ganState(second),
      );
      assertEquals(step, cut);
      await train(second, step, 9);
      assertEquals(stateOf(second), expected, `cut after step ${cut}`);
      disposeGan(second);
    }

    async function train(gan: Gan, from: number, to: number): Promise<void> {
      for await (const { step } of trainGan(gan, images, options, from)) {
        if (step === to) break;
      }
    }
  }),
);

Deno.test(
  "a checkpoint keeps the position in the run",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile();
    const gan = createGan(toyOptions(), 2);
    const values = {
      ...emptySum(stepMeasures).values,
      generatorLoss: 0.1 + 0.2,
    };
    const position = { step: 7, sums: { steps: { count: 3, values } } };
    await saveCheckpoint(path, ganState(gan), position);
    assertEquals(await restoreCheckpoint(path, ganState(gan)), position);
    disposeGan(gan);
  }),
);

Deno.test(
  "weights that are not finite are not saved, so the earlier checkpoint remains",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile();
    const gan = createGan(toyOptions(), 2);
    await saveCheckpoint(path, ganState(gan), { step: 1, sums: {} });
    const before = await Deno.readFile(path);
    const layer = gan.generator.getLayer("pixels");
    tf.tidy(() => layer.setWeights(layer.getWeights().map((weight) => weight.mul(Infinity))));
    await assertRejects(
      () => saveCheckpoint(path, ganState(gan), { step: 2, sums: {} }),
      NonFiniteWeightsError,
      "step 2",
    );
    assertEquals(await Deno.readFile(path), before);
    disposeGan(gan);
  }),
);

Deno.test(
  "a checkpoint that is broken or belongs to different networks is refused, and the error names it",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile();
    const gan = createGan(toyOptions(), 2);
    await saveCheckpoint(path, ganState(gan), { step: 1, sums: {} });
    const other = createGan(toyOptions({ generatorLayers: [17, 12] }), 2);
    await assertRejects(
      () => restoreCheckpoint(path, ganState(other)),
      Error,
      "wanted shape [8,17], found [8,16]",
    );
    await Deno.truncate(path, 1000);
    const error = await assertRejects(
      () => restoreCheckpoint(path, ganState(gan)),
      CheckpointError,
      path,
    );
    assertInstanceOf(error.cause, SafetensorsError);
    disposeGan(gan);
    disposeGan(other);
  }),
);

Deno.test(
  "the weights of both networks and of the average are restored",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile();
    const [saved, other] = [1, 2].map((seed) => createGan(toyOptions({ seed }), 2));
    await saveCheckpoint(path, ganState(saved), { step: 0 });
    await restoreCheckpoint(path, ganState(other));
    assertEquals(stateOf(other), stateOf(saved));
    [saved, other].forEach(disposeGan);
  }),
);

Deno.test(
  "the optimizers of both networks are restored, each with its own state",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile();
    const options = toyOptions({ steps: 2 });
    const [saved, other] = [createGan(options, 2), createGan(options, 2)];
    await Array.fromAsync(trainGan(saved, images, options));
    await saveCheckpoint(path, ganState(saved), { step: 2 });
    await restoreCheckpoint(path, ganState(other));
    const again = await Deno.makeTempFile();
    await saveCheckpoint(again, ganState(other), { step: 2 });
    assertEquals(await Deno.readFile(again), await Deno.readFile(path));
    [saved, other].forEach(disposeGan);
  }),
);

Deno.test(
  "a checkpoint that lacks a weight is refused, and the error names the file and the weight",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile();
    const [shallow, deep] = [[16], [16, 12]].map((generatorLayers) =>
      createGan(toyOptions({ generatorLayers, averageDecay: 0 }), 2)
    );
    await saveCheckpoint(path, ganState(shallow), { step: 0 });
    await assertRejects(
      () => restoreCheckpoint(path, ganState(deep)),
      Error,
      `Resuming from ${path}: wanted a complete checkpoint of these networks, found no weight 'generator/hidden_2/kernel'.`,
    );
    [shallow, deep].forEach(disposeGan);
  }),
);

Deno.test(
  "a checkpoint whose step is missing, negative or fractional is refused",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile();
    const gan = createGan(toyOptions(), 2);
    await saveCheckpoint(path, ganState(gan), { step: 0 });
    assertEquals(await restoreCheckpoint(path, ganState(gan)), { step: 0 });
    const { tensors } = decodeSafetensors(await Deno.readFile(path), path);
    for (const position of [undefined, "null", "{}", '{"step":-1}', '{"step":1.5}']) {
      const metadata: Record<string, string> = position === undefined ? {} : { position };
      await Deno.writeFile(path, encodeSafetensors({ tensors, metadata }));
      await assertRejects(
        () => restoreCheckpoint(path, ganState(gan)),
        CheckpointError,
        `found a position without a step: ${position}.`,
      );
    }
    disposeGan(gan);
  }),
);

Deno.test("networks with different seeds have different weights", async () => {
  await useNative();
  const [one, two] = [1, 2].map((seed) => createGan(toyOptions({ seed }), 2));
  assertNotEquals(stateOf(one), stateOf(two));
  [one, two].forEach(disposeGan);
});

/**
 * Returns all weights and BatchNorm statistics of a GAN's generator, averaged generator and
 * discriminator.
 */
function stateOf(gan: Gan): number[][] {
  return [gan.generator, gan.average!, gan.discriminator].flatMap((model) =>
    model.getWeights().map((weight) => [...weight.dataSync()])
  );
}
