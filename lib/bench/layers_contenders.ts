/**
 * Times one training step of models that are common among users of tfjs-node. Each model runs in
 * plain tfjs, accelerated, and accelerated within `fit`. Each step gets another batch. The peer is
 * Keras' `train_on_batch` method with the same models, which gets the same batch in each step.
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import { trainableVariables } from "../models/variables.ts";
import { type Contender, type Goal, timeFunction } from "./contender.ts";
import { type BenchedModel, benchedModels, type ModelName } from "./layers_models.ts";
import { nameContender, prepareModel, prepareStep } from "./layers_steps.ts";
import type { PeerConfiguration } from "./peers.ts";

export { layersCosts } from "./layers_costs.ts";

export const layersTitle = "One training step of tf.layers models";

/** Upper limits for ratios that are the same for all models. */
export const layersLimits = {
  /** For the time of a step within `fit`, divided by that of the accelerated step alone. */
  fit: 1.2,
  /** For the time of an accelerated step, divided by that of Keras. */
  keras: 1,
} as const;

/** The number of different batches that a model is trained on in turn. */
const BATCHES = 20;

const models = Object.entries(benchedModels) as [ModelName, BenchedModel][];

/** Name of the contender that runs only what a step of the embedding does with its table. */
export const tableName = `${benchedModels.embedding.title}, its table alone`;

export function layersContenders(): Contender[] {
  return [
    ...models.flatMap(([, model]) => [
      stepContender(model, "eager"),
      stepContender(model, "accelerated"),
      fitContender(model),
    ]),
    tableContender(),
  ];
}

export const layersGoals: readonly Goal[] = models.flatMap(([, { title, goal }]) => {
  const contender = nameContender(title, "accelerated");
  return [
    { contender, against: nameContender(title, "eager"), atMost: goal },
    { contender: nameContender(title, "fit"), against: contender, atMost: layersLimits.fit },
    { contender, against: nameContender(title, "keras"), atMost: layersLimits.keras },
  ];
});

/**
 * Keras with and without XLA. For each model, the faster of the two configurations is compared with
 * this project.
 */
export const layersPeers: readonly PeerConfiguration[] = models.flatMap(([task, { title }]) =>
  (["graph", "jit"] as const).map((mode): PeerConfiguration => {
    const peer = nameContender(title, "keras");
    const name = mode === "jit" ? `${peer}, jit_compile` : peer;
    return { peer, name, framework: "layers", task, mode };
  })
);

/** Times the step alone. Like `fit`, it gets another batch in each step. */
function stepContender(benched: BenchedModel, way: "eager" | "accelerated"): Contender {
  const { x, y } = benched.data(BATCHES * benched.batch);
  const [xs, ys] = [x, y].map((all) => tf.split(all, BATCHES));
  tf.dispose([x, y]);
  const batches = xs.map((batch, i) => [batch, ys[i]]);
  const { step, dispose } = prepareStep(benched, batches, way === "accelerated");
  return timeFunction(nameContender(benched.title, way), step, dispose);
}

/**
 * Times the part of the embedding's step that concerns its table of words: looking words up,
 * averaging them, the gradient of the table, and Adam's update. The whole step cannot be faster,
 * even if the rest of the model took no time.
 */
function tableContender(): Contender {
  const { build, optimizer, batch, data } = benchedModels.embedding;
  const model = build();
  const averaging = tf.model({ inputs: model.inputs, outputs: model.layers[1].output });
  const variables = trainableVariables(averaging);
  const adam = optimizer();
  const step = compile((x: tf.Tensor) =>
    adam.minimize(() => tf.mean(averaging.apply(x) as tf.Tensor), true, variables)!
  );
  const { x, y } = data(batch);
  return timeFunction(tableName, () => tf.tidy(() => void step(x).dataSync()), () => {
    step.dispose();
    adam.dispose();
    tf.dispose([x, y]);
    model.dispose();
  });
}

/** Times `fit`. Each of its samples is the mean over the steps of one epoch. */
function fitContender(benched: BenchedModel): Contender {
  const { model, dispose } = prepareModel(benched, true);
  const batchSize = benched.batch;
  const { x, y } = benched.data(BATCHES * batchSize);
  return {
    name: nameContender(benched.title, "fit"),
    async time(steps) {
      const epochs = Math.max(1, Math.round(steps / BATCHES));
      const times: number[] = [];
      let start = performance.now();
      const onEpochEnd = () => {
        const now = performance.now();
        times.push(...Array(BATCHES).fill((now - start) / BATCHES));
        start = now;
      };
      await model.fit(x, y, { epochs, batchSize, verbose: 0, callbacks: { onEpochEnd } });
      return times;
    },
    dispose() {
      dispose();
      tf.dispose([x, y]);
    },
  };
}
