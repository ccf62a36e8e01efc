import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  buildDiscriminator,
  type Discriminator,
  type DiscriminatorOptions,
  logitsOf,
} from "../../lib/models/discriminator.ts";
import {
  buildGenerator,
  type Generator,
  type GeneratorOptions,
} from "../../lib/models/generator.ts";
import { drawLatents } from "../../lib/models/latent.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

const generator: GeneratorOptions = {
  latentSize: 100,
  hidden: [128, 256, 512, 1024],
  activation: "leaky-relu",
  batchNormMomentum: 0.8,
  imageSize: 784,
};
const discriminator: DiscriminatorOptions = {
  imageSize: 784,
  hidden: [128, 256, 512, 1024],
  activation: "leaky-relu",
  dropout: 0.3,
};

/**
 * Each row contains the options that differ from those above, and the network's number of
 * parameters, which was counted by hand.
 */
const generators: readonly [Partial<GeneratorOptions>, number][] = [
  [{}, 1_514_128],
  [{ latentSize: 128 }, 1_514_128 + 28 * 128],
  [{ activation: "relu" }, 1_514_128],
  [
    { hidden: [1024, 512, 256, 128] },
    101 * 1024 + 1025 * 512 + 513 * 256 + 257 * 128 + 129 * 784 + 4 * 1920,
  ],
  [{ hidden: [256] }, 101 * 256 + 4 * 256 + 257 * 784],
  [{ hidden: [] }, 101 * 784],
];
const discriminators: readonly [Partial<DiscriminatorOptions>, number][] = [
  [{}, 785 * 128 + 129 * 256 + 257 * 512 + 513 * 1024 + 1025],
  [{ activation: "relu" }, 791_425],
  [{ dropout: 0 }, 791_425],
  [
    { hidden: [1024, 512, 256, 128] },
    785 * 1024 + 1025 * 512 + 513 * 256 + 257 * 128 + 129,
  ],
  [{ hidden: [] }, 785],
];

Deno.test("generators have the parameters of their layers and end in tanh", async () => {
  await useNative();
  for (const [changes, parameters] of generators) {
    const options = { ...generator, ...changes };
    const model = buildGenerator(options, 1);
    assertEquals(model.countParams(), parameters, JSON.stringify(changes));
    assertEquals(model.inputs[0].shape, [null, options.latentSize]);
    assertEquals(model.outputs[0].shape, [null, 784]);
    assertEquals(model.layers.at(-1)!.getConfig().activation, "tanh");
    const activation = options.activation === "relu" ? "ReLU" : "LeakyReLU";
    const expected = options.hidden.flatMap(
      () => ["Dense", activation, "BatchNormalization"],
    );
    assertEquals(kindsOf(model), [...expected, "Dense", "Activation"]);
    model.dispose();
  }
});

Deno.test("discriminators have the parameters of their layers and end in dropout, dense, sigmoid", async () => {
  await useNative();
  for (const [changes, parameters] of discriminators) {
    const options = { ...discriminator, ...changes };
    const model = buildDiscriminator(options, 1);
    assertEquals(model.countParams(), parameters, JSON.stringify(changes));
    assertEquals(model.outputs[0].shape, [null, 1]);
    const activation = options.activation === "relu" ? "ReLU" : "LeakyReLU";
    const expected = options.hidden.flatMap(() => ["Dense", activation]);
    assertEquals(kindsOf(model), [
      ...expected,
      ...(options.hidden.length > 0 ? ["Dropout"] : []),
      "Dense",
      "Activation",
    ]);
    model.dispose();
  }
});

Deno.test(
  "an untrained generator draws images in [-1, 1]",
  withoutLeaks(async () => {
    await useNative();
    const model = buildGenerator(generator, 1);
    tf.tidy(() => {
      const images = model.apply(drawLatents(16, 100, 1, 0), {
        training: false,
      }) as tf.Tensor;
      assertEquals(images.shape, [16, 784]);
      assert(images.abs().max().dataSync()[0] <= 1);
    });
    model.dispose();
  }),
);

Deno.test(
  "the discriminator's output is the sigmoid of its logits",
  withoutLeaks(async () => {
    await useNative();
    const model = buildDiscriminator(discriminator, 1);
    tf.tidy(() => {
      const images = drawLatents(5, 784, 2, 0);
      const judged = (model.apply(images, { training: false }) as tf.Tensor)
        .dataSync();
      const logits = (logitsOf(model).apply(images, { training: false }) as tf.Tensor)
        .dataSync();
      logits.forEach((x, i) => assertAlmostEquals(1 / (1 + Math.exp(-x)), judged[i], 1e-6));
    });
    model.dispose();
  }),
);

Deno.test(
  "below zero LeakyReLU has slope 0.2, and ReLU has slope 0",
  withoutLeaks(async () => {
    await useNative();
    const slopes = { "leaky-relu": 0.2, relu: 0 } as const;
    for (const activation of ["leaky-relu", "relu"] as const) {
      const model = buildDiscriminator({
        ...discriminator,
        hidden: [3],
        activation,
      }, 1);
      const layer = model.getLayer("activation_1");
      tf.tidy(() => {
        const [below, above] = (layer.apply(tf.tensor2d([[-1, 2]])) as tf.Tensor).dataSync();
        assertAlmostEquals(below, -slopes[activation], 1e-7);
        assertEquals(above, 2);
      });
      model.dispose();
    }
  }),
);

Deno.test("initial weights follow Glorot's uniform distribution and are fixed by the seed", async () => {
  await useNative();
  const [one, again, other] = [1, 1, 2].map((seed) => {
    const model = buildGenerator(generator, seed);
    const weights = model.getWeights().map((weight) => weight.dataSync<"float32">());
    model.dispose();
    return weights;
  });
  assertEquals(one, again);
  assert(one[0].some((value, i) => value !== other[0][i]));
  const limit = Math.sqrt(6 / (100 + 128));
  const largest = one[0].reduce(
    (max, value) => Math.max(max, Math.abs(value)),
    0,
  );
  assert(
    largest <= limit && largest > 0.99 * limit,
    `${largest} against ${limit}`,
  );
});

Deno.test("the types distinguish generators from discriminators", () => {
  // The compiler reports a @ts-expect-error if the line below it has no type error.
  const mistakes = (one: Generator, other: Discriminator) => {
    // @ts-expect-error: only a discriminator has logits
    logitsOf(one);
    // @ts-expect-error: a discriminator is not a generator
    const first: Generator = other;
    // @ts-expect-error: a stack of layers is not necessarily a generator
    const second: Generator = tf.sequential();
    return [first, second];
  };
  const roles = (one: Generator, other: Discriminator): tf.LayersModel[] => [
    one,
    other,
  ];
  assertEquals([mistakes.length, roles.length], [2, 2]);
});

Deno.test("a dropout rate of 1 is refused", () => {
  assertThrows(
    () => buildDiscriminator({ ...discriminator, dropout: 1 }, 1),
    RangeError,
    "[0, 1)",
  );
});

function kindsOf(model: tf.LayersModel): string[] {
  return model.layers.map((layer) => layer.getClassName());
}
