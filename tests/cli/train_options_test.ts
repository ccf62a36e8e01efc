/**
 * Tests that the command line for reproducing a run gives exactly that run's options.
 */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseTrainCommand, trainingArguments } from "../../lib/cli/train_options.ts";
import {
  classifierOptionsSchema,
  parseClassifierOptions,
} from "../../lib/training/classifier/options.ts";
import {
  parseTrainOptions,
  type TrainOptions,
  trainOptionsSchema,
} from "../../lib/training/gan/options.ts";

const description = { task: "train", description: "", runs: "" };

Deno.test("the arguments of a training run's options are parsed as the same options", () => {
  const units = fc.array(fc.integer({ min: 1, max: 2048 }), { minLength: 1, maxLength: 4 });
  const rate = fc.double({ min: 1e-7, max: 0.01, noNaN: true });
  const changes = fc.record({
    seed: fc.nat(1000),
    steps: fc.nat(1e6),
    batchSize: fc.integer({ min: 2, max: 512 }),
    generatorLayers: units,
    discriminatorLayers: units,
    discriminatorActivation: fc.constantFrom("leaky-relu", "relu"),
    dropout: fc.double({ min: 0, max: 0.95, noNaN: true }),
    generatorLearningRate: rate,
    discriminatorLearningRate: rate,
    beta1: fc.constantFrom(0, 0.5, 0.9),
    labels: fc.constantFrom("random", "one-sided", "none"),
    fakeStatistics: fc.constantFrom("moving", "batch"),
  }, { requiredKeys: [] });
  fc.assert(fc.property(changes, (changed) => {
    const options = parseTrainOptions(changed as Partial<TrainOptions>);
    const args = trainingArguments(trainOptionsSchema, options);
    const { given } = parseTrainCommand<TrainOptions>(
      { ...description, schema: trainOptionsSchema },
      args,
    );
    assertEquals(parseTrainOptions(given), options);
  }));
});

Deno.test("only the seed and the options that differ from their defaults become arguments", () => {
  assertEquals(trainingArguments(trainOptionsSchema, parseTrainOptions({})), ["--seed", "1"]);
  assertEquals(
    trainingArguments(
      classifierOptionsSchema,
      parseClassifierOptions({ seed: 3, batchSize: 64 }),
    ),
    ["--seed", "3", "--batch-size", "64"],
  );
});
