/**
 * Times the training steps of models like those in public tfjs examples, with and without
 * acceleration.
 */
import { type Contender, type Goal, timeFunction } from "./contender.ts";
import { exampleModels } from "./example_models.ts";
import { type ExampleStep, exampleSteps } from "./example_steps.ts";
import { nameContender, prepareStep } from "./layers_steps.ts";

/** The training steps of all examples, by title. */
export const examples: Readonly<Record<string, ExampleStep>> = {
  ...Object.fromEntries(
    Object.entries(exampleModels).map((
      [title, model],
    ): [string, ExampleStep] => [title, (isFast) => prepareStep(model, [model.data()], isFast)]),
  ),
  ...exampleSteps,
};

/** Titles of all examples. */
export const exampleTitles: readonly string[] = Object.keys(examples);

export function exampleContenders(): Contender[] {
  return Object.entries(examples).flatMap(([title, prepare]) =>
    (["eager", "accelerated"] as const).map((way) => {
      const { step, dispose } = prepare(way === "accelerated");
      return timeFunction(nameContender(title, way), step, dispose);
    })
  );
}

/** Upper limit for the time of an accelerated step, divided by that of the step in plain tfjs. */
export const EXAMPLE_GOAL = 1;

export const exampleGoals: readonly Goal[] = exampleTitles.map((title) => ({
  contender: nameContender(title, "accelerated"),
  against: nameContender(title, "eager"),
  atMost: EXAMPLE_GOAL,
}));
