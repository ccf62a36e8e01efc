import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { buildClassifier, featureModel } from "../../lib/models/classifier.ts";
import { loadModel, saveModel } from "../../lib/models/save_model.ts";
import { uniform } from "../../lib/engine/random_tensors.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

const size = { height: 28, width: 28 };
const options = {
  filters: [4, 6],
  kernels: [5, 3],
  pools: [1, 2],
  features: 16,
  dropout: 0.5,
};

Deno.test(
  "images become ten logits, and each convolution and pooling reduces their size",
  withoutLeaks(async () => {
    await useNative();
    const model = buildClassifier(options, size, 1);
    assertEquals(model.inputs[0].shape, [null, 28, 28, 1]);
    assertEquals(model.outputs[0].shape, [null, 10]);
    const shape = (name: string) => model.getLayer(name).outputShape;
    assertEquals(shape("convolution_1"), [null, 24, 24, 4]);
    assertEquals(shape("pool_1"), [null, 12, 12, 4]);
    assertEquals(shape("convolution_2"), [null, 10, 10, 6]);
    assertEquals(shape("flatten"), [null, 5 * 5 * 6]);
    model.dispose();
  }),
);

Deno.test(
  "the features are the non-negative inputs of the last layer",
  withoutLeaks(async () => {
    await useNative();
    const model = buildClassifier(options, size, 1);
    const cut = featureModel(model);
    assertEquals(cut.outputs[0].shape, [null, 16]);
    tf.tidy(() => {
      const images = uniform<tf.Rank.R4>([3, 28, 28, 1], 1, 0);
      const features = cut.apply(images) as tf.Tensor2D;
      assert(features.min().dataSync()[0] >= 0);
      const [kernel, bias] = model.getLayer("logits").getWeights();
      const logits = features.matMul(kernel as tf.Tensor2D).add(bias);
      assertEquals(
        logits.dataSync(),
        (model.apply(images) as tf.Tensor).dataSync(),
      );
    });
    model.dispose();
  }),
);

Deno.test(
  "the seed fixes the weights of a classifier, and a different seed gives different ones",
  withoutLeaks(async () => {
    await useNative();
    const weights = [1, 1, 2].map((seed) => {
      const model = buildClassifier(options, size, seed);
      const values = model.getWeights().map((weight) => [...weight.dataSync()]);
      model.dispose();
      return values;
    });
    assertEquals(weights[0], weights[1]);
    assert(weights[0][0].some((value, i) => value !== weights[2][0][i]));
  }),
);

Deno.test(
  "normalization adds 0.001 to the variance and keeps 99 % of the moving statistics, as in Keras",
  withoutLeaks(async () => {
    await useNative();
    const model = buildClassifier(options, size, 1);
    const layer = model.getLayer("batch_norm_2");
    tf.tidy(() => {
      const input = tf.tensor4d([1, 1, 1, 1, 3, 3, 3, 3].flatMap((x) => [x, x, x]), [1, 2, 2, 6]);
      // The moving mean is 0 and the moving variance 1 at first.
      const outputs = input.div(Math.sqrt(1.001)).dataSync();
      const found = (layer.apply(input) as tf.Tensor).dataSync();
      found.forEach((value, i) => assertAlmostEquals(value, outputs[i], 1e-6));
      layer.apply(input, { training: true });
      const [, , mean] = layer.getWeights();
      for (const value of mean.dataSync()) assertAlmostEquals(value, 0.01 * 2, 1e-7);
    });
    model.dispose();
  }),
);

Deno.test("a network that reduces the image to nothing is refused with its layers", () => {
  assertThrows(
    () => buildClassifier(options, { height: 10, width: 28 }, 1),
    RangeError,
    "convolutions of 5,3 with pooling after 1,2 shrink an image of 10x28 to nothing",
  );
});

Deno.test("a saved classifier gives the same logits after loading", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const model = buildClassifier(options, size, 3);
  await saveModel(model, folder);
  const loaded = await loadModel(folder);
  tf.tidy(() => {
    const images = uniform<tf.Rank.R4>([3, 28, 28, 1], 1, 0);
    const [one, other] = [model, loaded].map((network) =>
      (network.apply(images, { training: false }) as tf.Tensor).dataSync()
    );
    assertEquals(one, other);
  });
  [model, loaded].forEach((network) => network.dispose());
});
