/**
 * Tests mixed second gradients, which occur in gradient penalties and in meta-learning. The
 * gradient with respect to the input is differentiated with respect to the weights.
 */
import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile } from "../../lib/compile/mod.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

const [ROWS, WIDTH] = [5, 3];

/** The kinds of layers in a random network. The output of each layer is as wide as its input. */
const layers = ["dense", "relu", "leaky", "steep", "tanh", "normalize", "residual"] as const;

type Layer = typeof layers[number];

/** Implementations of activations. */
interface Activations {
  readonly leakyRelu: (x: tf.Tensor, alpha: number) => tf.Tensor;
  readonly tanh: (x: tf.Tensor) => tf.Tensor;
}

/** A network with its weights. The caller of `apply` chooses the activations. */
interface Stack {
  readonly weights: readonly tf.Variable[];
  readonly apply: (x: tf.Tensor, activations: Activations) => tf.Tensor;
}

/**
 * Activations that are composed of functions whose gradients tfjs can differentiate. It cannot
 * differentiate the gradient of tf.leakyRelu, and that of tf.tanh takes the output for a constant.
 */
const composed: Activations = {
  leakyRelu: (x, alpha) => x.relu().sub(x.neg().relu().mul(alpha)),
  tanh: (x) => x.sinh().div(x.cosh()),
};

function buildStack(kinds: readonly Layer[]): Stack {
  const weights: tf.Variable[] = [];
  const add = (value: tf.Tensor) => {
    const variable = tf.variable(value);
    weights.push(variable);
    return variable;
  };
  const parts = kinds.map((kind, i): Stack["apply"] => {
    if (kind === "dense") {
      const kernel = add(normal([WIDTH, WIDTH], 10 + i, 0));
      const bias = add(normal([WIDTH], 20 + i, 0));
      return (x) => x.matMul(kernel).add(bias);
    }
    if (kind === "normalize") {
      const layer = tf.layers.batchNormalization();
      layer.build([ROWS, WIDTH]);
      weights.push(...layer.trainableWeights.map((weight) => weight.read() as tf.Variable));
      return (x) => layer.apply(x, { training: true }) as tf.Tensor;
    }
    if (kind === "residual") return (x, { leakyRelu }) => x.add(leakyRelu(x, 0.4).mul(0.5));
    if (kind === "leaky") return (x, { leakyRelu }) => leakyRelu(x, 0.2);
    // For α > 1, LeakyReLU is not the maximum of x and αx.
    if (kind === "steep") return (x, { leakyRelu }) => leakyRelu(x, 1.7);
    return kind === "relu" ? tf.relu : (x, { tanh }) => tanh(x);
  });
  const apply: Stack["apply"] = (x, activations) =>
    parts.reduce((value, part) => part(value, activations), x);
  return { weights, apply };
}

Deno.test("weights have the same gradient of a gradient in eager and compiled functions", async () => {
  await useNative();
  const x = normal([ROWS, WIDTH], 1, 0);
  const scale = normal([ROWS, WIDTH], 2, 0);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...layers), { minLength: 1, maxLength: 4 }),
      (kinds) => {
        const { weights, apply } = buildStack([...kinds, "dense"]);
        const stepWith = (activations: Activations) => (x: tf.Tensor) => {
          const score = (x: tf.Tensor) => apply(x, activations).mul(scale).sum();
          const { value, grads } = tf.variableGrads(() => {
            const slope = tf.grad(score)(x);
            return slope.square().sum().add(score(x)) as tf.Scalar;
          }, [...weights]);
          return [value, ...weights.map(({ name }) => grads[name])];
        };
        const compiled = compile(stepWith(tf));
        const eager = stepWith(composed);
        const [actual, expected] = [compiled, eager].map((call) =>
          tf.tidy(() => call(x).flatMap((tensor) => [...tensor.dataSync()]))
        );
        // The errors of single precision are proportional to the largest gradient.
        const largest = Math.max(1, ...expected.map(Math.abs));
        actual.forEach((value, i) =>
          assertAlmostEquals(value / largest, expected[i] / largest, 1e-4, kinds.join())
        );
        compiled.dispose();
        tf.dispose([...weights]);
      },
    ),
    { numRuns: 10 },
  );
});
