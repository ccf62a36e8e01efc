import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { digitExtractor } from "../../../lib/evaluation/extractors/digit.ts";
import { openExtractor } from "../../../lib/evaluation/extractors/open_extractor.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";

await useNative();

const images = Uint8Array.from({ length: 3 * 16 }, (_, i) => (i * 37) % 256);

for (const range of ["0..1", "-1..1"] as const) {
  Deno.test(
    `digit features are the inputs of the last layer, for pixels in ${range}`,
    withoutLeaks(async () => {
      const model = toyClassifier();
      const wanted = tf.tidy(() => {
        const bytes = tf.tensor4d(Float32Array.from(images), [3, 4, 4, 1]);
        const input = range === "0..1" ? bytes.div(255) : bytes.div(127.5).sub(1);
        return model.layers.slice(0, 4).reduce<tf.Tensor>(
          (x, layer) => layer.apply(x) as tf.Tensor,
          input,
        ).dataSync();
      });
      const digit = await openExtractor("digit", {
        loadDigit: () => Promise.resolve({ model, hash: "abc", range }),
      });
      assertEquals(
        [
          digit.metric,
          digit.hash,
          digit.dimension,
          digit.height,
          digit.channels,
        ],
        ["digit-FID", "abc", 6, 4, 1],
      );
      const features = await digit.features(images, 3);
      wanted.forEach((value, i) => assertAlmostEquals(features[i], value, 1e-6));
      digit.dispose();
    }),
  );
}

Deno.test(
  "a model that does not classify images is refused",
  withoutLeaks(() => {
    const vectors = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [4] })],
    });
    const maps = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [4, 4, 1] }),
      ],
    });
    for (
      const [model, found] of [[vectors, "found [any,4]"], [
        maps,
        "found [any,4,4,1]",
      ]] as const
    ) {
      assertThrows(
        () => digitExtractor({ model, hash: "", range: "0..1" }),
        RangeError,
        found,
      );
      model.dispose();
    }
  }),
);

Deno.test(
  "the last layers turn features into the classifier's outputs, if the layers form a chain",
  withoutLeaks(async () => {
    const model = toyClassifier();
    const wanted = tf.tidy(() =>
      (model.predict(tf.tensor4d(Float32Array.from(images), [3, 4, 4, 1]).div(255)) as tf.Tensor)
        .dataSync<"float32">()
    );
    const digit = digitExtractor({ model, hash: "", range: "0..1" });
    const outputs = await digit.outputs!(await digit.features(images, 3));
    assertEquals(outputs.length, 30);
    wanted.forEach((value, i) => assertAlmostEquals(outputs[i], value, 1e-6));
    digit.dispose();
    const input = tf.input({ shape: [4, 4, 1] });
    const flat = tf.layers.flatten().apply(input);
    const logits = tf.layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor;
    const other = tf.model({ inputs: input, outputs: logits });
    const branching = digitExtractor({ model: other, hash: "", range: "0..1" });
    assertEquals(branching.outputs, undefined);
    branching.dispose();
  }),
);

/** Models that cannot provide digit features, each with the error message that it causes. */
const refused: readonly [what: string, () => tf.LayersModel, found: string][] = [
  [
    "two inputs",
    () => {
      const inputs = [0, 1].map(() => tf.input({ shape: [4, 4, 1] }));
      const sum = tf.layers.add().apply(inputs) as tf.SymbolicTensor;
      const outputs = tf.layers.flatten().apply(sum) as tf.SymbolicTensor;
      return tf.model({ inputs, outputs });
    },
    "wanted one input [batch, height, width, 1 or 3], found [any,4,4,1]",
  ],
  [
    "two channels",
    () => headOn([4, 4, 2]),
    "wanted one input [batch, height, width, 1 or 3], found [any,4,4,2]",
  ],
  [
    "two images in each input",
    () => headOn([4, 4, 1, 2]),
    "wanted one input [batch, height, width, 1 or 3], found [any,4,4,1,2]",
  ],
  [
    "inputs of any height",
    () =>
      tf.sequential({
        layers: [
          tf.layers.globalAveragePooling2d({
            inputShape: [null, 4, 1],
            dataFormat: "channelsLast",
          }),
          tf.layers.dense({ units: 2 }),
        ],
      }),
    "wanted one input [batch, height, width, 1 or 3], found [any,any,4,1]",
  ],
  [
    "no weights",
    () =>
      tf.sequential({
        layers: [tf.layers.flatten({ inputShape: [4, 4, 1] })],
      }),
    "wanted a last layer with weights that takes [batch, features], found []",
  ],
];

for (const [what, build, found] of refused) {
  Deno.test(
    `a model with ${what} cannot provide digit features`,
    withoutLeaks(() => {
      const model = build();
      assertThrows(
        () => digitExtractor({ model, hash: "", range: "0..1" }),
        RangeError,
        `Taking digit features of a model: ${found}.`,
      );
      model.dispose();
    }),
  );
}

Deno.test(
  "digit features exist for coloured images of any size, in batches of 500",
  withoutLeaks(() => {
    const digit = digitExtractor({
      ...{ model: headOn([4, 5, 3]), hash: "", range: "0..1" },
    });
    const { name, height, width, channels, dimension, batchSize } = digit;
    assertEquals([name, height, width, channels], ["digit", 4, 5, 3]);
    assertEquals([dimension, batchSize], [60, 500]);
    digit.dispose();
  }),
);

function headOn(inputShape: number[]): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape }),
      tf.layers.dense({ units: 10 }),
    ],
  });
}

function toyClassifier(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [4, 4, 1] }),
      tf.layers.batchNormalization(),
      tf.layers.flatten(),
      tf.layers.dense({ units: 6, activation: "tanh" }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 10 }),
      tf.layers.softmax(),
    ],
  });
}
