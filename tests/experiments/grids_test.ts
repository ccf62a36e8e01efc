import { assertEquals, assertThrows } from "@std/assert";
import type { Experiment } from "../../lib/experiments/experiment.ts";
import { base } from "../../lib/experiments/experiment.ts";
import { gridNamed, grids } from "../../lib/experiments/grids.ts";
import { OptionsError } from "../../lib/system/parse_options.ts";

/**
 * Table 1 of the student report "Generative Adversarial Networks" (USTHB). The columns are the
 * learning rate and the activation of the generator, the learning rate and the activation of the
 * discriminator, the batch size, the size of the noise vector, the quality as judged by eye, and
 * the FID.
 */
const table1 = [
  [0.0002, "leaky-relu", 0.0002, "leaky-relu", 128, 100, "good", 48.144],
  [0.0002, "leaky-relu", 0.0006, "leaky-relu", 128, 100, "medium", 44.847],
  [0.0006, "leaky-relu", 0.0002, "leaky-relu", 128, 100, "medium", 48.251],
  [0.002, "leaky-relu", 0.002, "leaky-relu", 128, 100, "bad", 139.832],
  [0.00001, "leaky-relu", 0.00001, "leaky-relu", 128, 100, "bad", 43.281],
  [0.0002, "leaky-relu", 0.0002, "leaky-relu", 100, 100, "medium", 49.730],
  [0.0002, "relu", 0.0002, "relu", 128, 100, "medium", 49.882],
  [0.0002, "leaky-relu", 0.0002, "relu", 128, 100, "medium", 54.143],
  [0.0002, "relu", 0.0002, "leaky-relu", 128, 100, "good", 53.305],
];

/**
 * Table 2 of the same report. The columns are the hidden layers of the generator, the hidden layers
 * of the discriminator, the quality as judged by eye, and the FID.
 */
const table2 = [
  ["1024", "1024", "medium, but recognizable", 49.20],
  ["128,256,1024", "128,256,1024", "good", 51.698],
  ["128,256,1024", "128,256,512,1024", "good and clear", 52.494],
  ["128,256,512,1024", "128,256,1024", "less clear than before", 54.175],
  [
    "128,256,512,1024",
    "128,256,512,1024",
    "very clear and good (its best)",
    55.97,
  ],
];

Deno.test("table 1 has the report's rows, and options that it doesn't name are those of the base", () => {
  const rows = gridNamed("table-1").rows.map(({ experiment, reported }) => {
    const {
      generatorLearningRate,
      generatorActivation,
      discriminatorLearningRate,
      discriminatorActivation,
      batchSize,
      ...others
    } = experiment.options;
    assertUnchanged(others);
    return [
      generatorLearningRate,
      generatorActivation,
      discriminatorLearningRate,
      discriminatorActivation,
      batchSize,
      others.latentSize,
      reported?.quality,
      reported?.fid,
    ];
  });
  assertEquals(rows, table1);
});

Deno.test("table 2 has the report's rows, and options that it doesn't name are those of the base", () => {
  const rows = gridNamed("table-2").rows.map(({ experiment, reported }) => {
    const { generatorLayers, discriminatorLayers, ...others } = experiment.options;
    assertUnchanged(others);
    return [
      generatorLayers.join(),
      discriminatorLayers.join(),
      reported?.quality,
      reported?.fid,
    ];
  });
  assertEquals(rows, table2);
});

Deno.test("every grid contains the report's base: Adam with β1 0.5 and random smoothing", () => {
  const { beta1, labels, latentSize, batchSize } = base.options;
  assertEquals([beta1, labels, latentSize, batchSize], [
    0.5,
    "random",
    100,
    128,
  ]);
  for (const { rows } of grids) {
    assertEquals(
      rows.filter(({ experiment }) => experiment === base).length,
      1,
    );
  }
});

Deno.test("the rows of a grid change only the options that the grid studies", () => {
  const changes = (name: string) =>
    gridNamed(name).rows.map(({ experiment }) => changed(experiment));
  assertEquals(changes("smoothing"), [
    {},
    { labels: "fixed" },
    { labels: "one-sided" },
    { labels: "real-only" },
    { labels: "fake-only" },
    { labels: "none" },
  ]);
  assertEquals(changes("noise"), [
    { latentSize: 10 },
    { latentSize: 32 },
    { latentSize: 64 },
    {},
    { latentSize: 128 },
    { latentSize: 256 },
  ]);
  assertEquals(changes("average"), [
    {},
    { sampleStatistics: "estimated" },
    { averageDecay: 0 },
    { sampleStatistics: "estimated", averageDecay: 0 },
  ]);
});

Deno.test("two experiments have the same name only if they are equal", () => {
  const all = grids.flatMap(({ rows }) => rows).map(({ experiment }) => experiment);
  const options = (experiment: Experiment) => JSON.stringify(experiment);
  assertEquals(
    new Set(all.map(({ name }) => name)).size,
    new Set(all.map(options)).size,
  );
  assertEquals(new Set(all.map(options)).size, new Set(all).size);
});

Deno.test("an unknown grid is refused with a list of the known ones", () => {
  assertThrows(() => gridNamed("table-3"), OptionsError, "table-1, table-2");
  assertThrows(() => gridNamed("best"), OptionsError, "deno task experiments search");
});

function changed({ options }: Experiment): Record<string, unknown> {
  const before = base.options as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(options).filter(([key, value]) =>
      JSON.stringify(value) !== JSON.stringify(before[key])
    ),
  );
}

function assertUnchanged(options: Record<string, unknown>): void {
  const before = base.options as Record<string, unknown>;
  for (const [key, value] of Object.entries(options)) {
    assertEquals(value, before[key], key);
  }
}
