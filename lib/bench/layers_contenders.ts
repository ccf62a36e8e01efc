/**
 * Times one training step of models that are common among users of tfjs-node. Each model runs in
 * plain tfjs, accelerated, and accelerated within `fit`. The peer is Keras' `train_on_batch` method
 * with the same models.
 */
import * as tf from "@tensorflow/tfjs";
import { accelerate, type Acceleration, compile } from "../compile/mod.ts";
import { trainableVariables } from "../models/variables.ts";
import { type Contender, type Goal, timeFunction } from "./contender.ts";
import { type BenchedModel, benchedModels, type ModelName } from "./layers_models.ts";
import type { PeerConfiguration } from "./peers.ts";

export const layersTitle = "One training step of tf.layers models";

/**
 * The goal for `fit`: a step within `fit` takes at most 1.2 times as long as the accelerated step
 * alone.
 */
const FIT_GOAL = 1.2;

const BATCHES = 20;

const models = Object.entries(benchedModels) as [ModelName, BenchedModel][];

/** The ways to run a model, and their names in tables. */
export const ways = {
  eager: "tfjs-node",
  accelerated: "accelerated",
  fit: "fit, accelerated",
  keras: "Keras",
} as const;

/** Returns the name of the contender that runs the given model in the given way. */
export function nameContender(title: string, way: keyof typeof ways): string {
  return `${title}, ${ways[way]}`;
}

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
    { contender: nameContender(title, "fit"), against: contender, atMost: FIT_GOAL },
    { contender, against: nameContender(title, "keras"), atMost: 1 },
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

/**
 * Measures how long each model's first compiled call takes, and how much memory use grows over many
 * calls with many shapes.
 */
export function layersCosts(): Record<string, number> {
  const costs = models.map(([, benched]): [string, number] => {
    const { model, acceleration } = prepare(benched, true);
    const { x, y } = benched.data(benched.batch);
    const step = () => tf.tidy(() => void trainFunctionOf(model)([x, y])[0].dataSync());
    // The first call creates the optimizer's variables and is not compiled.
    step();
    const start = performance.now();
    step();
    const milliseconds = performance.now() - start;
    acceleration!.undo();
    tf.dispose([x, y]);
    model.dispose();
    return [`${benched.title}, first compiled call, ms`, milliseconds];
  });
  return {
    ...Object.fromEntries(costs),
    [`growth over ${CALLS} calls of ${SHAPES} shapes, MB`]: measureGrowth(),
  };
}

const CALLS = 10_000;
const SHAPES = 50;

/**
 * Returns how much the memory grows after the first tenth of the calls, in MB. By then, every shape
 * has already occurred.
 */
function measureGrowth(): number {
  const model = tf.sequential({
    layers: [tf.layers.gru({ units: 8, inputShape: [null, 4] }), tf.layers.dense({ units: 1 })],
  });
  const acceleration = accelerate(model, { strict: true });
  let early = 0;
  for (let i = 0; i < CALLS; i++) {
    tf.tidy(() => void model.predict(tf.ones([2, 1 + i % SHAPES, 4])));
    if (i === CALLS / 10) early = Deno.memoryUsage().rss;
  }
  const grown = (Deno.memoryUsage().rss - early) / 2 ** 20;
  acceleration.undo();
  model.dispose();
  return grown;
}

function stepContender(benched: BenchedModel, way: "eager" | "accelerated"): Contender {
  const { model, acceleration } = prepare(benched, way !== "eager");
  const { x, y } = benched.data(benched.batch);
  const train = trainFunctionOf(model);
  const step = () => tf.tidy(() => void train([x, y])[0].dataSync());
  return timeFunction(nameContender(benched.title, way), step, () => {
    acceleration?.undo();
    tf.dispose([x, y]);
    model.dispose();
  });
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
  const { model, acceleration } = prepare(benched, true);
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
      acceleration?.undo();
      tf.dispose([x, y]);
      model.dispose();
    },
  };
}

/** Returns the step that `fit` and `trainOnBatch` call for each batch. */
export function trainFunctionOf(model: tf.LayersModel): (data: tf.Tensor[]) => tf.Tensor[] {
  const { model: inner = model } = model as { model?: tf.LayersModel };
  return (inner as unknown as { makeTrainFunction(): (data: tf.Tensor[]) => tf.Tensor[] })
    .makeTrainFunction();
}

function prepare(
  { build, optimizer, loss }: BenchedModel,
  isAccelerated: boolean,
): { readonly model: tf.LayersModel; readonly acceleration: Acceleration | undefined } {
  const model = build();
  model.compile({ optimizer: optimizer(), loss });
  return { model, acceleration: isAccelerated ? accelerate(model, { strict: true }) : undefined };
}
