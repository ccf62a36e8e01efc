/**
 * Tests the structure of Inception v3 with simple weights. Each convolution has one output channel,
 * and its filter looks only at the middle pixel. If all pixels of an image have the same colour,
 * then all pixels in the output of each layer have the same value too. The expected output of each
 * channel is therefore a single number.
 */
import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { convolutions } from "../../../lib/evaluation/extractors/inception_convolutions.ts";
import {
  inceptionFeatures,
  type InceptionWeights,
} from "../../../lib/evaluation/extractors/inception_network.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";

await useNative();

/**
 * Side length of an image, in pixels. At this size, the output of the last block still has 2x2
 * positions.
 */
const SIDE = 107;

/** A convolution. Its output is relu(weight · sum of its inputs + bias). */
interface Unit {
  readonly channelsIn: number;
  readonly weight: number;
  readonly bias: number;
}

Deno.test(
  "each convolution gets the inputs that the paper's plan gives it, and its output goes where it belongs",
  withoutLeaks(() => {
    const { features: wanted, units } = plannedFeatures(.7);
    assertEquals(units.size, 94);
    for (const lastPooling of ["average", "max"] as const) {
      const found = featuresOf(units, () => .7, lastPooling);
      assertEquals(found.length, wanted.length);
      wanted.forEach((value, i) => assertAlmostEquals(found[i], value, 1e-5));
    }
  }),
);

Deno.test(
  "the two forms differ only in the last block's pooling, which is a maximum or a mean",
  withoutLeaks(() => {
    const { units } = plannedFeatures(.7);
    const stream = randomStream(1, "image");
    const pixels = Float32Array.from({ length: SIDE * SIDE }, () => stream.uniform());
    const [mean, max] = (["average", "max"] as const).map((lastPooling) =>
      featuresOf(units, (at) => pixels[at], lastPooling)
    );
    assertEquals(max.slice(0, 5), mean.slice(0, 5));
    assertGreater(max[5], mean[5]);
  }),
);

Deno.test("filters have the sizes, strides and margins of the paper's table", () => {
  // The number of filters by height, width, stride and margins, with their blocks (Szegedy et al.,
  // table 1 and figures 5 to 7 and 10).
  const wanted = {
    "3x3 1 valid": 2, // 2a, 4a
    "1x1 1 valid": 1, // 3b
    "3x3 2 valid": 1 + 2 + 2, // 1a, 6a, 7a
    "3x3 1 same": 1 + 3 * 2 + 1 + 2, // 2b, 5b to 5d, 6a, 7b and 7c
    "5x5 1 same": 3, // 5b to 5d
    "1x1 1 same": 3 * 4 + 1 + 4 * 4 + 2 + 2 * 4, // 5b to 5d, 6a, 6b to 6e, 7a, 7b and 7c
    "1x7 1 same": 4 * 3 + 1, // 6b to 6e, 7a
    "7x1 1 same": 4 * 3 + 1,
    "1x3 1 same": 2 * 2, // 7b and 7c
    "3x1 1 same": 2 * 2,
  };
  const found: Record<string, number> = {};
  for (const { shape: [height, width], stride, padding } of convolutions) {
    const kind = `${height}x${width} ${stride} ${padding}`;
    found[kind] = (found[kind] ?? 0) + 1;
  }
  assertEquals(found, wanted);
});

function featuresOf(
  units: ReadonlyMap<string, Unit>,
  pixel: (at: number) => number,
  lastPooling: "average" | "max",
): Float32Array {
  return tf.tidy(() => {
    const image = Float32Array.from({ length: SIDE * SIDE }, (_, at) => pixel(at));
    return inceptionFeatures(tf.tensor4d(image, [1, SIDE, SIDE, 1]), {
      weights: weightsOf(units),
      lastPooling,
    }).dataSync<"float32">();
  });
}

function weightsOf(units: ReadonlyMap<string, Unit>): InceptionWeights {
  return new Map(convolutions.map(({ name, shape: [height, width] }) => {
    const { channelsIn, weight, bias } = units.get(name)!;
    const middle = (height * width - 1) / 2;
    const filters = Float32Array.from(
      { length: height * width * channelsIn },
      (_, at) => Math.floor(at / channelsIn) === middle ? weight : 0,
    );
    return [name, {
      filters: tf.tensor4d(filters, [height, width, channelsIn, 1]),
      bias: tf.tensor1d([bias]),
    }];
  }));
}

/** Computes the features of an image of one colour from the plan in torchvision's inception.py. */
function plannedFeatures(colour: number) {
  const units = new Map<string, Unit>();
  const stream = randomStream(1, "units");
  const chain = (x: readonly number[], block: string, names: readonly string[]) =>
    names.reduce((inputs, part) => {
      const name = block + part;
      assert(!units.has(name), name);
      // A negative weight makes the sum negative, and relu lets nothing through.
      const sign = part === "branch1x1" && stream.uniform() < .3 ? -1 : 1;
      const weight = sign * (.7 + .6 * stream.uniform()) / inputs.length;
      const unit = { channelsIn: inputs.length, weight, bias: .1 * stream.uniform() };
      units.set(name, unit);
      const sum = inputs.reduce((total, input) => total + input, 0);
      return [Math.max(0, weight * sum + unit.bias)];
    }, x);
  const branches = (x: readonly number[], block: string, plan: readonly (readonly string[])[]) =>
    plan.flatMap((names) => chain(x, block, names));

  let x: readonly number[] = chain([colour], "", [
    ...["Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "Conv2d_3b_1x1", "Conv2d_4a_3x3"],
  ]);
  for (const letter of "bcd") {
    x = branches(x, `Mixed_5${letter}.`, [
      ["branch1x1"],
      ["branch5x5_1", "branch5x5_2"],
      ["branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"],
      ["branch_pool"],
    ]);
  }
  x = [
    ...branches(x, "Mixed_6a.", [
      ["branch3x3"],
      ["branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"],
    ]),
    ...x,
  ];
  for (const letter of "bcde") {
    x = branches(x, `Mixed_6${letter}.`, [
      ["branch1x1"],
      ["branch7x7_1", "branch7x7_2", "branch7x7_3"],
      [1, 2, 3, 4, 5].map((i) => `branch7x7dbl_${i}`),
      ["branch_pool"],
    ]);
  }
  x = [
    ...branches(x, "Mixed_7a.", [
      ["branch3x3_1", "branch3x3_2"],
      [1, 2, 3, 4].map((i) => `branch7x7x3_${i}`),
    ]),
    ...x,
  ];
  for (const block of ["Mixed_7b.", "Mixed_7c."]) {
    const single = chain(x, block, ["branch3x3_1"]);
    const double = chain(x, block, ["branch3x3dbl_1", "branch3x3dbl_2"]);
    x = [
      ...chain(x, block, ["branch1x1"]),
      ...branches(single, block, [["branch3x3_2a"], ["branch3x3_2b"]]),
      ...branches(double, block, [["branch3x3dbl_3a"], ["branch3x3dbl_3b"]]),
      ...chain(x, block, ["branch_pool"]),
    ];
  }
  return { features: x, units };
}
