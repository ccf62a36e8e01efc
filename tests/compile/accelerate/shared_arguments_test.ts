/**
 * Tests accelerated models that get the same tensor in several places, such as input and target.
 */
import { assert } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { accelerate } from "../../../lib/compile/mod.ts";
import { useNative } from "../../support/engine.ts";
import { assertClose, buildTwins, data, type ModelCase, numbersOf } from "./compare_models.ts";

await useNative();

const WIDTH = 3;
const [x, y] = [1, 2].map((seed) => data([8, WIDTH], seed));

const autoencoder: ModelCase = {
  build: () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 2, activation: "relu", inputShape: [WIDTH] }),
        tf.layers.dense({ units: WIDTH }),
      ],
    }),
  ...{ x, y: x },
};

const twoInputs: ModelCase = {
  build: () => {
    const inputs = [0, 1].map(() => tf.input({ shape: [WIDTH] }));
    const [a, b] = inputs.map((input) =>
      tf.layers.dense({ units: WIDTH }).apply(input) as tf.SymbolicTensor
    );
    const difference = tf.layers.add().apply([a, tf.layers.reLU().apply(b) as tf.SymbolicTensor]);
    return tf.model({ inputs, outputs: difference as tf.SymbolicTensor });
  },
  ...{ x: [x, x], y },
};

type Batch = [x: tf.Tensor | tf.Tensor[], y: tf.Tensor];

const sequences: readonly [name: string, modelCase: ModelCase, batches: readonly Batch[]][] = [
  ["input and target, then two tensors", autoencoder, [[x, x], [x, x], [x, y], [y, x], [y, y]]],
  ["two tensors, then input and target", autoencoder, [[x, y], [x, y], [x, x], [x, x.clone()]]],
  ["both inputs, then two tensors", twoInputs, [[[x, x], y], [[x, x], x], [[x, y], y], [
    [y, x],
    x,
  ]]],
];

for (const [name, modelCase, batches] of sequences) {
  Deno.test(`an accelerated model trains on one tensor in two places as in eager mode: ${name}`, async () => {
    await useNative();
    const [eager, fast] = buildTwins(modelCase);
    const train = async (model: tf.LayersModel) => {
      const seen: number[] = [];
      for (const [input, target] of batches) {
        seen.push(...[await model.trainOnBatch(input, target)].flat());
        seen.push(...numbersOf(model.predictOnBatch(input) as tf.Tensor));
        seen.push(...[model.evaluate(input, target)].flat().flatMap(numbersOf));
      }
      return [...seen, ...model.getWeights().flatMap(numbersOf)];
    };
    const expected = await train(eager);
    const acceleration = accelerate(fast, { strict: true });
    assertClose(await train(fast), expected, 1e-4, name);
    acceleration.undo();
    for (const model of [eager, fast]) model.dispose();
  });
}

Deno.test("fit on one tensor as input and target gives the same weights as in eager mode", async () => {
  await useNative();
  const [eager, fast] = buildTwins(autoencoder);
  const acceleration = accelerate(fast, { strict: true });
  const fit = async (model: tf.LayersModel) => {
    await model.fit(x, x, { epochs: 2, batchSize: 3, shuffle: false, verbose: 0 });
    await model.fit(x, y, { epochs: 1, batchSize: 3, shuffle: false, verbose: 0 });
    return model.getWeights().flatMap(numbersOf);
  };
  const weights = await fit(fast);
  assertClose(weights, await fit(eager), 1e-4);
  assert(weights.every(Number.isFinite));
  acceleration.undo();
  for (const model of [eager, fast]) model.dispose();
});

Deno.test("a weight's own values as a batch give the same results as in eager mode", async () => {
  await useNative();
  const [eager, fast] = buildTwins({
    ...autoencoder,
    build: () =>
      tf.sequential({
        layers: [tf.layers.dense({ units: WIDTH, useBias: false, inputShape: [WIDTH] })],
      }),
  });
  const acceleration = accelerate(fast, { strict: true });
  const train = async (model: tf.LayersModel) => {
    for (let i = 0; i < 4; i++) await model.trainOnBatch(model.getWeights()[0], x.slice(0, WIDTH));
    return model.getWeights().flatMap(numbersOf);
  };
  assertClose(await train(fast), await train(eager), 1e-4);
  acceleration.undo();
  for (const model of [eager, fast]) model.dispose();
});
