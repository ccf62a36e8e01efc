/**
 * Times the training steps of models like those in public tfjs examples, with and without
 * acceleration.
 */
import * as tf from "@tensorflow/tfjs";
import { accelerate } from "../compile/mod.ts";
import { type Contender, type Goal, timeFunction } from "./contender.ts";
import { type ExampleModel, exampleModels } from "./example_models.ts";
import { type ExampleStep, exampleSteps } from "./example_steps.ts";
import { nameContender, trainFunctionOf } from "./layers_contenders.ts";

const examples: Readonly<Record<string, ExampleStep>> = {
  ...Object.fromEntries(
    Object.entries(exampleModels).map((
      [title, model],
    ): [string, ExampleStep] => [title, (isFast) => prepare(model, isFast)]),
  ),
  ...exampleSteps,
};

/** Titles of all examples. */
export const exampleTitles: readonly string[] = Object.keys(examples);

export function exampleContenders(): Contender[] {
  return Object.entries(examples).flatMap(([title, prepareStep]) =>
    (["eager", "accelerated"] as const).map((way) => {
      const { step, dispose } = prepareStep(way === "accelerated");
      return timeFunction(nameContender(title, way), step, dispose);
    })
  );
}

/** Each goal requires an accelerated step to take no longer than the same step in plain tfjs. */
export const exampleGoals: readonly Goal[] = exampleTitles.map((title) => ({
  contender: nameContender(title, "accelerated"),
  against: nameContender(title, "eager"),
  atMost: 1,
}));

function prepare(
  { build, optimizer, loss, data }: ExampleModel,
  isFast: boolean,
): ReturnType<ExampleStep> {
  const model = build();
  model.compile({ optimizer: optimizer(), loss });
  const acceleration = isFast ? accelerate(model, { strict: true }) : undefined;
  const train = trainFunctionOf(model);
  const batch = data();
  return {
    step: () => tf.tidy(() => void train(batch)[0].dataSync()),
    dispose() {
      acceleration?.undo();
      tf.dispose(batch);
      model.dispose();
    },
  };
}
