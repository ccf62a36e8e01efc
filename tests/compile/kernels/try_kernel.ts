/**
 * Tries a kernel of tfjs-node, and the kernel's gradient, in compiled functions. Each function is
 * compiled both in exact mode and in fused mode.
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  compile,
  CompileError,
  type CompileOptions,
  type StepFunction,
} from "../../../lib/compile/mod.ts";
import type { Example } from "./examples.ts";

/** What happened when a kernel was used in a graph, in the words of KERNELS.md. */
export type Outcome =
  | "works, with gradient"
  | "works, tfjs has no gradient"
  | "refused"
  | "fails in tfjs-node itself";

/**
 * Tries a kernel in a graph. Fails if the results of the graph differ from the results of eager
 * calls.
 *
 * @returns the outcome, and the error message if the kernel is refused or fails in tfjs-node itself
 */
export function tryKernel(
  kernel: string,
  example: Example,
): { outcome: Outcome; message?: string } {
  const { f, inputs, differentiable = [0] } = example;
  const eager = attempt(() => f(...inputs()));
  if (eager instanceof Error) {
    return { outcome: "fails in tfjs-node itself", message: eager.message };
  }
  assertEquals(
    uses(kernel, () => f(...inputs())),
    true,
    `${kernel} is not used`,
  );
  const refusal = compare(f, inputs);
  if (refusal) return { outcome: "refused", message: refusal.message };
  const slopes = (...values: tf.Tensor[]) => gradients(f, values, differentiable);
  if (attempt(() => slopes(...inputs())) instanceof Error) {
    return { outcome: "works, tfjs has no gradient" };
  }
  const refused = compare(slopes, inputs);
  if (refused) throw refused;
  return { outcome: "works, with gradient" };
}

/**
 * Returns the gradients of a weighted sum of all outputs. Each output has a different weight.
 */
function gradients(
  f: Example["f"],
  values: tf.Tensor[],
  which: readonly number[],
): tf.Tensor[] {
  const total = (...chosen: tf.Tensor[]) => {
    const all = values.map((value, i) => {
      const at = which.indexOf(i);
      return at < 0 ? value : chosen[at];
    });
    const results = [f(...all)].flat().map((result, i) =>
      result.cast("float32").square().mul(i + 1).sum()
    );
    return tf.addN(results) as tf.Scalar;
  };
  return tf.grads(total)(which.map((i) => values[i]));
}

function compare(
  f: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[],
  inputs: () => tf.Tensor[],
): CompileError | undefined {
  for (const options of [{ exact: true }, {}] satisfies CompileOptions[]) {
    const compiled = compile(f as StepFunction, options);
    try {
      // The function is traced with the first scale. Later runs of the graph use the other scales.
      for (const scale of [1, 0.87, -0.61]) {
        const values = inputs().map((input) => scaled(input, scale));
        const expected = read(f(...values));
        const actual = read(compiled(...values) as tf.Tensor | tf.Tensor[]);
        if (options.exact) assertEquals(actual, expected);
        else assertNear(actual, expected);
      }
    } catch (error) {
      if (error instanceof CompileError) return error;
      throw error;
    } finally {
      compiled.dispose();
    }
  }
  return undefined;
}

/**
 * Multiplies an input by `scale` if it has the type float32. Other inputs are returned unchanged.
 */
function scaled(input: tf.Tensor, scale: number): tf.Tensor {
  return input.dtype === "float32" ? input.mul(scale) : input;
}

interface Values {
  readonly shape: number[];
  readonly dtype: string;
  readonly numbers: number[];
}

function read(results: tf.Tensor | tf.Tensor[]): Values[] {
  return [results].flat().map((tensor) => ({
    shape: tensor.shape,
    dtype: tensor.dtype,
    numbers: [...tensor.dataSync()] as number[],
  }));
}

function assertNear(actual: Values[], expected: Values[]): void {
  const forms = [actual, expected].map((list) =>
    list.map(({ shape, dtype }) => ({ shape, dtype }))
  );
  assertEquals(forms[0], forms[1]);
  actual.forEach(({ numbers }, i) =>
    numbers.forEach((value, j) => {
      const wanted = expected[i].numbers[j];
      if (!Number.isFinite(wanted)) return assertEquals(value, wanted);
      assertAlmostEquals(value, wanted, 1e-4 * Math.max(1, Math.abs(wanted)));
    })
  );
}

function uses(kernel: string, call: () => unknown): boolean {
  const config = tf.getKernel(kernel, "tensorflow");
  const { kernelFunc } = config;
  let used = false;
  config.kernelFunc = (args) => {
    used = true;
    return kernelFunc(args);
  };
  try {
    call();
  } finally {
    config.kernelFunc = kernelFunc;
  }
  return used;
}

function attempt<T>(call: () => T): T | Error {
  try {
    return call();
  } catch (error) {
    return error instanceof Error ? error : new Error(`${error}`);
  }
}
