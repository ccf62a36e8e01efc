import { assert, assertEquals, assertThrows } from "@std/assert";
import { defaultTrainOptions, parseTrainOptions } from "../../../lib/training/gan/options.ts";
import { OptionsError } from "../../../lib/system/parse_options.ts";

Deno.test("the defaults are the report's options and techniques that later practice added", () => {
  assertEquals({ ...defaultTrainOptions }, {
    // Radford et al., arXiv 1511.06434: Adam at 2e-4 with β1 .5.
    generatorLearningRate: 2e-4,
    discriminatorLearningRate: 2e-4,
    beta1: 0.5,
    learningRateDecay: "none",
    // From the report: networks, batches and labels; 469 steps are one epoch of MNIST.
    seed: 1,
    epochs: 30,
    steps: 0,
    batchSize: 128,
    latentSize: 100,
    generatorLayers: [128, 256, 512, 1024],
    generatorActivation: "leaky-relu",
    batchNormMomentum: 0.8,
    discriminatorLayers: [128, 256, 512, 1024],
    discriminatorActivation: "leaky-relu",
    dropout: 0.3,
    labels: "random",
    fakeStatistics: "moving",
    discriminatorSteps: 1,
    generatorSteps: 1,
    checkpointEvery: 469,
    // Averaging is from Yazıcı et al., arXiv 1806.04498; its warm-up is from TensorFlow's
    // ExponentialMovingAverage.
    averageDecay: 0.999,
    averageWarmup: 10,
    sampleStatistics: "moving",
  });
});

Deno.test("training options are frozen, including their lists", () => {
  assert(Object.isFrozen(defaultTrainOptions));
  assert(Object.isFrozen(defaultTrainOptions.generatorLayers));
  assert(
    Object.isFrozen(
      parseTrainOptions({ generatorLayers: [3] }).generatorLayers,
    ),
  );
});

Deno.test("training options survive being stored in config.json", () => {
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
  [
    { labels: "smooth" },
    "labels",
    '"random"|"fixed"|"one-sided"|"real-only"|"fake-only"|"none"',
  ],
  [{ generatorLayers: [128, 0] }, "generatorLayers.1", "found 0"],
  [{ generatorLearningRate: 0 }, "generatorLearningRate", "found 0"],
  [{ beta1: NaN }, "beta1", "NaN"],
  [{ learningrate: 1 }, "options", '"learningrate"'],
];

for (const [input, place, found] of refusals) {
  Deno.test(`wrong options are refused, and the error states their name and value: ${JSON.stringify(input)}`, () => {
    const error = assertThrows(
      () => parseTrainOptions(input),
      OptionsError,
      place,
    );
    assert(error.message.includes(found), error.message);
  });
}

/** The bounds of each number, and the nearest values outside them. */
const bounds: readonly [
  option: string,
  allowed: readonly unknown[],
  refused: readonly unknown[],
][] = [
  ["seed", [0, Number.MAX_SAFE_INTEGER], [-1, .5, 2 ** 53]],
  ["epochs", [1, 100_000], [0, 100_001]],
  ["steps", [0, 2 ** 40], [-1, 1.5]],
  ["batchSize", [1, 60_000], [0, 60_001]],
  ["latentSize", [1, 65_536], [0, 65_537]],
  ["generatorLayers", [[], [65_536], Array(16).fill(1)], [
    [65_537],
    Array(17).fill(1),
  ]],
  ["discriminatorLayers", [[], [1]], [[0], [1.5]]],
  ["generatorActivation", ["relu", "leaky-relu"], ["tanh"]],
  ["discriminatorActivation", ["relu", "leaky-relu"], ["sigmoid"]],
  ["batchNormMomentum", [0, .999], [-.001, 1]],
  ["dropout", [0, .999], [-.001, 1]],
  ["generatorLearningRate", [1e-9, 1], [0, 1.001]],
  ["discriminatorLearningRate", [1e-9, 1], [0, 1.001]],
  ["beta1", [0, .999], [-.001, 1]],
  ["learningRateDecay", ["none", "linear"], ["cosine"]],
  ["fakeStatistics", ["moving", "batch"], ["none"]],
  ["discriminatorSteps", [1, 100], [0, 101]],
  ["generatorSteps", [1, 100], [0, 101]],
  ["averageDecay", [0, .9999], [-.001, 1]],
  ["averageWarmup", [2, 1e6], [1.9, 1e6 + 1]],
  ["sampleStatistics", ["moving", "estimated"], ["batch"]],
  ["checkpointEvery", [1, 1e9], [0, 1e9 + 1]],
];

for (const [option, allowed, refused] of bounds) {
  Deno.test(`${option} accepts its bounds and refuses values beyond them`, () => {
    for (const value of allowed) {
      const options = parseTrainOptions({ [option]: value });
      assertEquals(options[option as keyof typeof options], value as never);
    }
    for (const value of refused) {
      assertThrows(
        () => parseTrainOptions({ [option]: value }),
        OptionsError,
        option,
      );
    }
  });
}

Deno.test("a value that is not a record of options is refused", () => {
  assertThrows(() => parseTrainOptions("fast"), OptionsError, "options: ");
  const error = assertThrows(() => parseTrainOptions(undefined), OptionsError);
  assert(!error.message.includes("found"), error.message);
});

Deno.test("an error names all wrong options at once", () => {
  const error = assertThrows(
    () => parseTrainOptions({ epochs: 0, dropout: 2 }),
    OptionsError,
  );
  assertEquals(error.message.split("\n").length, 2);
});
