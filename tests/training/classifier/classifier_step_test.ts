import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { gatherAugmented } from "../../../lib/dataset/augment.ts";
import type { LabelledImages } from "../../../lib/dataset/mnist.ts";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { compile } from "../../../lib/compile/mod.ts";
import {
  type ClassifierStep,
  createClassifierStep,
  crossEntropy,
} from "../../../lib/training/classifier/classifier_step.ts";
import {
  type ClassifierTrainee,
  createClassifier,
  disposeClassifier,
} from "../../../lib/training/classifier/trainee.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { toyClassifierOptions, toyDigits } from "../../support/toy_digits.ts";

Deno.test("the loss is ln 10 for equal logits, and ln(1 + 9 exp(−a)) if the right one leads by a", async () => {
  await useNative();
  tf.tidy(() => {
    const lossOf = (lead: number) =>
      crossEntropy(
        tf.tensor1d([2], "int32"),
        tf.oneHot(tf.tensor1d([2], "int32"), 10).mul(lead) as tf.Tensor2D,
      ).dataSync()[0];
    assertAlmostEquals(lossOf(0), Math.log(10), 1e-6);
    assertAlmostEquals(lossOf(3), Math.log1p(9 * Math.exp(-3)), 1e-6);
    assertAlmostEquals(lossOf(-200), 200 + Math.log(9 + Math.exp(-200)), 1e-4);
  });
});

Deno.test("the gradient of the loss for a logit is (softmax − target) / batch", async () => {
  await useNative();
  tf.tidy(() => {
    const labels = tf.tensor1d([1, 4], "int32");
    const logits = tf.linspace(-1, 1, 20).reshape([2, 10]) as tf.Tensor2D;
    const gradient = tf.grad((x) => crossEntropy(labels, x as tf.Tensor2D))(
      logits,
    ).dataSync();
    const expected = logits.softmax().sub(tf.oneHot(labels, 10)).div(2)
      .dataSync();
    gradient.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-6));
  });
});

Deno.test(
  "steps on real digits lower the loss and change each layer's weights",
  withoutLeaks(async () => {
    await useNative();
    const { train } = await loadMnist();
    const options = toyClassifierOptions({ dropout: 0, learningRate: 3e-3 });
    const trainee = createClassifier(options, train.images);
    const before = trainee.model.getWeights().map((w) => w.dataSync());
    const step = createClassifierStep(trainee, options, 100);
    const losses = [0, 1, 2].map((number) => take(step, train, number, 64).loss);
    assertLess(losses[1], losses[0]);
    assertLess(losses[2], losses[1]);
    trainee.model.getWeights().forEach((weight, i) => {
      const after = weight.dataSync();
      assert(after.some((value, j) => value !== before[i][j]), `weight ${i}`);
    });
    disposeClassifier(trainee);
  }),
);

Deno.test(
  "compiled and eager steps with dropout and a falling rate give the same results",
  withoutLeaks(async () => {
    await useNative();
    const options = toyClassifierOptions({ dropout: 0.3 });
    const data = toyDigits(80);
    const [eager, compiled] = [false, true].map((compiling) => {
      const trainee = createClassifier(options, data.images);
      const plain = createClassifierStep(trainee, options, 5);
      const step = compiling ? compile(plain) : plain;
      const measured = [0, 1, 2, 3, 4].map((n) => take(step, data, n, 16));
      if ("dispose" in step) (step.dispose as () => void)();
      const weights = weightsOf(trainee);
      disposeClassifier(trainee);
      return { measured, weights };
    });
    eager.measured.forEach(({ loss, error }, i) => {
      assertAlmostEquals(loss, compiled.measured[i].loss, 1e-5);
      assertEquals(error, compiled.measured[i].error);
    });
    eager.weights.forEach((value, i) => assertAlmostEquals(value, compiled.weights[i], 1e-4));
  }),
);

Deno.test(
  "the share of wrong answers is measured on the batch before the update",
  withoutLeaks(async () => {
    await useNative();
    const data = toyDigits(64);
    const options = toyClassifierOptions({ dropout: 0 });
    const trainee = createClassifier(options, data.images);
    const images = tensorOf(data, 64);
    const answers = tf.tidy(() =>
      (trainee.model.apply(images, { training: true }) as tf.Tensor2D)
        .argMax(1).dataSync()
    );
    images.dispose();
    const wrong = answers.filter((answer, i) => answer !== data.labels[i]);
    const { error } = take(
      createClassifierStep(trainee, options, 9),
      data,
      0,
      64,
    );
    assertAlmostEquals(error, wrong.length / 64, 1e-6);
    disposeClassifier(trainee);
  }),
);

function tensorOf({ images }: LabelledImages, count: number): tf.Tensor4D {
  const { height, width } = images;
  const indices = Uint32Array.from({ length: count }, (_, i) => i);
  return tf.tensor4d(gatherAugmented(images, indices), [
    count,
    height,
    width,
    1,
  ]);
}

function take(
  step: ClassifierStep,
  data: LabelledImages,
  number: number,
  count: number,
): { loss: number; error: number } {
  const inputs = [
    tensorOf(data, count),
    tf.tensor1d(Int32Array.from(data.labels.subarray(0, count))),
    tf.scalar(number, "int32"),
  ] as const;
  const measured = step(...inputs);
  const [loss, error] = measured.dataSync();
  tf.dispose([...inputs, measured]);
  return { loss, error };
}

function weightsOf({ model }: ClassifierTrainee): number[] {
  return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
}
