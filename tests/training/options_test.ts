import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  defaultTrainOptions,
  OptionsError,
  parseTrainOptions,
  totalSteps,
} from "../../lib/training/options.ts";

Deno.test("the defaults are the report's", () => {
  const {
    batchSize,
    latentSize,
    generatorLayers,
    discriminatorLayers,
    beta1,
    labels,
  } = defaultTrainOptions;
  assertEquals({ batchSize, latentSize, beta1, labels }, {
    batchSize: 128,
    latentSize: 100,
    beta1: 0.5,
    labels: "random",
  });
  assertEquals(generatorLayers, [128, 256, 512, 1024]);
  assertEquals(discriminatorLayers, [128, 256, 512, 1024]);
  assertEquals(defaultTrainOptions.generatorLearningRate, 2e-4);
  assertEquals(defaultTrainOptions.discriminatorLearningRate, 2e-4);
  assertEquals(defaultTrainOptions.batchNormMomentum, 0.8);
});

Deno.test("options are frozen, lists too", () => {
  assert(Object.isFrozen(defaultTrainOptions));
  assert(Object.isFrozen(defaultTrainOptions.generatorLayers));
  assert(
    Object.isFrozen(
      parseTrainOptions({ generatorLayers: [3] }).generatorLayers,
    ),
  );
});

Deno.test("options survive the way through config.json", () => {
  const options = parseTrainOptions({
    labels: "fixed",
    dropout: 0.25,
    generatorLayers: [],
  });
  assertEquals(parseTrainOptions(JSON.parse(JSON.stringify(options))), options);
});

const refusals: readonly [Record<string, unknown>, string, string][] = [
  [{ epochs: 0 }, "epochs", "found 0"],
  [{ epochs: 1.5 }, "epochs", "found 1.5"],
  [{ steps: -1 }, "steps", "found -1"],
  [{ batchSize: "many" }, "batchSize", 'found "many"'],
  [{ dropout: 1 }, "dropout", "found 1"],
  [{ labels: "smooth" }, "labels", '"random"|"fixed"|"one-sided"|"none"'],
  [{ generatorLayers: [128, 0] }, "generatorLayers.1", "found 0"],
  [{ generatorLearningRate: 0 }, "generatorLearningRate", "found 0"],
  [{ beta1: NaN }, "beta1", "NaN"],
  [{ learningrate: 1 }, "options", '"learningrate"'],
];

for (const [input, place, found] of refusals) {
  Deno.test(`refused, with its place and what was found: ${JSON.stringify(input)}`, () => {
    const error = assertThrows(
      () => parseTrainOptions(input),
      OptionsError,
      place,
    );
    assert(error.message.includes(found), error.message);
  });
}

Deno.test("all wrong options are named at once", () => {
  const error = assertThrows(
    () => parseTrainOptions({ epochs: 0, dropout: 2 }),
    OptionsError,
  );
  assertEquals(error.message.split("\n").length, 2);
});

Deno.test("a run is as long as its steps, or else its epochs, say", () => {
  assertEquals(totalSteps(parseTrainOptions({ epochs: 3 }), 469), 1407);
  assertEquals(
    totalSteps(parseTrainOptions({ epochs: 3, steps: 10 }), 469),
    10,
  );
});
