/**
 * Tests that the products of a recurrent layer's steps are joined, and that the results stay the
 * same.
 */
import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile, type StepFunction } from "../../lib/compile/mod.ts";
import { programNodes } from "../../lib/compile/nodes.ts";
import { programOf } from "../../lib/compile/owned_programs.ts";
import { variablesOf } from "../../lib/compile/part.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

const [ROWS, INPUTS, UNITS] = [6, 3, 4];

/** Describes a recurrent network and how it uses its weights. */
interface Network {
  readonly steps: number;
  /** Whether the recurrent weights are split in two at each step, as in a GRU. */
  readonly isSplit: boolean;
  readonly hasBias: boolean;
  /**
   * Whether the weights that multiply the inputs are also used in a matrix product outside the
   * sequence.
   */
  readonly hasOtherProduct: boolean;
  /** Whether the function also returns the product of each step. */
  readonly returnsProducts: boolean;
}

const plain: Network = {
  steps: 6,
  isSplit: true,
  hasBias: true,
  hasOtherProduct: false,
  returnsProducts: false,
};

Deno.test("the graph of a recurrent network has one product for all steps and each weight", async () => {
  await useNative();
  const [two, three, six, nine] = [2, 3, 6, 9].map((steps) => countProducts({ ...plain, steps }));
  // Each step needs three products forward, two gradients of its input, and three of weights.
  assertEquals(three - two, 8);
  // In longer sequences, those of the input and of the weights are joined.
  assertEquals(nine - six, 3 * 4);
});

Deno.test("recurrent networks have the same results and gradients with joined products", async () => {
  await useNative();
  const networks = fc.record({
    steps: fc.integer({ min: 2, max: 9 }),
    isSplit: fc.boolean(),
    hasBias: fc.boolean(),
    hasOtherProduct: fc.boolean(),
    returnsProducts: fc.boolean(),
  });
  fc.assert(
    fc.property(networks, (network) => {
      const { gradients, x } = build(network);
      const compiled = compile(gradients);
      const [actual, expected] = tf.tidy(() =>
        [compiled, gradients].map((f) =>
          (f(x) as tf.Tensor[]).map((tensor) => tensor.dataSync<"float32">())
        )
      );
      expected.forEach((values, i) => assertSame(actual[i], values, `result ${i}`));
      compiled.dispose();
    }),
    { numRuns: 40 },
  );
});

/** Sums that look like those of a recurrent network, but for one thing. */
const others: Readonly<Record<string, (x: tf.Tensor2D) => tf.Tensor>> = {
  "terms of other shapes": (x) =>
    tf.addN([0, 1, 2, 3, 4].map((i) => productOf(x, i).sum(0, true))).add(productOf(x, 5)),
  "a term that is also a result": (x) => {
    const terms = [0, 1, 2, 3, 4].map((i) => productOf(x, i));
    return tf.concat([terms.reduce((a, b) => a.add(b)), terms[2]]);
  },
  "terms of different kinds": (x) =>
    [0, 1, 2, 3, 4].reduce(
      (sum, i) => sum.add(productOf(x, i)).add(x.mul(i)).add(x.sum(0)),
      x as tf.Tensor,
    ),
  "parts of different widths": (x) =>
    [0, 1, 2, 3, 4].map((i) => {
      const product = productOf(x, i);
      const [a, b] = tf.split(product, i % 2 ? [1, INPUTS - 1] : [INPUTS - 1, 1], 1);
      return tf.concat([a.matMul(a, true).sum().mul(a), b], 1);
    }).reduce((a, b) => a.add(b)),
  "a sequence along another axis": (x) => {
    const weights = normal<tf.Rank.R2>([2, 2], 3, 0);
    const steps = tf.unstack(x.reshape([3, 6, 2]) as tf.Tensor, 1);
    return tf.stack(steps.map((step) => step.matMul(weights)));
  },
  "a sequence with a step that is used twice": (x) => {
    const weights = normal<tf.Rank.R2>([INPUTS, 2], 3, 0);
    const steps = tf.unstack(x.reshape([6, 2, INPUTS]) as tf.Tensor);
    return tf.stack(
      [...steps, steps[1], steps[1]].toReversed().map((step, i) => step.matMul(weights).add(i)),
    );
  },
  "different biases": (x) => {
    const weights = normal<tf.Rank.R2>([INPUTS, 2], 3, 0);
    const steps = tf.unstack(x.reshape([6, 2, INPUTS]) as tf.Tensor);
    return tf.stack(steps.map((step, i) => step.matMul(weights).add([i, 1])));
  },
};

for (const [name, f] of Object.entries(others)) {
  Deno.test(`sums and sequences of other kinds have the same results: ${name}`, async () => {
    await useNative();
    const x = normal<tf.Rank.R2>([12, INPUTS], 1, 0);
    const step = (x: tf.Tensor2D) => [
      f(x),
      tf.grad((input: tf.Tensor) => f(input as tf.Tensor2D).square().sum())(x),
    ];
    const compiled = compile(step);
    const [actual, expected] = [compiled(x), step(x)];
    expected.forEach((tensor, i) =>
      assertSame(actual[i].dataSync<"float32">(), tensor.dataSync<"float32">(), `result ${i}`)
    );
    compiled.dispose();
  });
}

/** Returns a matrix of x's shape: a product whose first factor is transposed. */
function productOf(x: tf.Tensor2D, seed: number): tf.Tensor2D {
  const rows = x.shape[0];
  return tf.matMul(
    normal<tf.Rank.R2>([rows + seed, rows], seed, 0),
    tf.pad(x, [[0, seed], [0, 0]]),
    true,
  );
}

function countProducts(network: Network): number {
  const { gradients, x } = build(network);
  const compiled = compile(gradients);
  compiled(x);
  const count = operationsOf(compiled).filter((operation) => operation === "MatMul").length;
  compiled.dispose();
  return count;
}

function operationsOf(compiled: { dispose(): void }): string[] {
  const { parts } = programOf(compiled)!;
  return programNodes(parts, variablesOf(parts)).map(({ operation }) => operation);
}

/** Returns the loss, its gradients with respect to all weights, and perhaps the products. */
function build(network: Network): { readonly gradients: StepFunction; readonly x: tf.Tensor } {
  const { steps, isSplit, hasBias, hasOtherProduct, returnsProducts } = network;
  const x = normal([steps, ROWS, INPUTS], 1, 0);
  const weights = [
    normal<tf.Rank.R2>([INPUTS, 2 * UNITS], 2, 0),
    normal<tf.Rank.R2>([UNITS, 2 * UNITS], 2, 1),
    normal([2 * UNITS], 2, 2),
  ];
  const products: tf.Tensor[] = [];
  const loss = (x: tf.Tensor, input: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor) => {
    let state: tf.Tensor = tf.zeros([ROWS, UNITS]);
    for (const step of tf.unstack(x)) {
      const product = step.matMul(input);
      products.push(tf.keep(product.clone()));
      const [a, b] = tf.split(hasBias ? product.add(bias) : product, 2, 1);
      const parts = isSplit
        ? tf.split(recurrent, 2, 1).map((part) => state.matMul(part))
        : tf.split(state.matMul(recurrent), 2, 1);
      state = tf.tanh(a.add(parts[0])).mul(b.add(parts[1]).sigmoid()).add(state.mul(0.5));
    }
    const other = hasOtherProduct ? tf.ones([2, INPUTS]).matMul(input).square().sum() : 0;
    return state.square().sum().add(other).add(bias.sum()) as tf.Scalar;
  };
  const gradients = (x: tf.Tensor, ...all: tf.Tensor[]) => {
    const inputs = all.length > 0 ? all : weights;
    products.length = 0;
    const { value, grads } = tf.valueAndGrads((...w: tf.Tensor[]) =>
      loss(x, ...w as [tf.Tensor, tf.Tensor, tf.Tensor])
    )(inputs);
    return [value, ...grads, ...(returnsProducts ? products.map((one) => one.clone()) : [])];
  };
  return { gradients: gradients as StepFunction, x };
}

function assertSame(actual: Float32Array, expected: Float32Array, message: string): void {
  assertEquals(actual.length, expected.length, message);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  expected.forEach((value, i) =>
    assert(
      Math.abs(value - actual[i]) <= 1e-5 * scale,
      `${message}: ${actual[i]}, wanted ${value}`,
    )
  );
}
