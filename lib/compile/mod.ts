/**
 * Runs tfjs-node at the native speed of TensorFlow. Use `accelerate(model)` for tf.layers models,
 * and `compile(step)` for your own functions. `compile` is similar to `tf.function` in Python's
 * TensorFlow.
 *
 * tfjs makes a separate native call for each small operation, and a training step may need
 * thousands of calls. `compile` traces your function: it runs the function and records its
 * operations as a TensorFlow graph. Later calls run the whole graph with a single native call. The
 * results are the same except for rounding. With the option `exact`, all bits are the same.
 * README.md in this folder explains how `compile` works.
 *
 * The arguments of the function must be tensors. The function returns a tensor, an array of
 * tensors, a record of tensors, or nothing. It may read variables (`tf.variable`) and assign new
 * values to them. It may also use `tf.variableGrads`, `tf.layers` models, any optimizer, `tf.tidy`
 * and `tf.customGrad`.
 *
 * Rules and limits:
 *
 * - The function's JavaScript code runs only while the function is traced. The trace fixes which
 *   branches are taken, how many times loops repeat and what values JavaScript counters have. There
 *   is a separate trace for each combination of the arguments' shapes and types. If a value changes
 *   from call to call, it must be an argument or a variable.
 * - Tracing runs the function twice, and undoes the changes that both runs made to tfjs' variables
 *   and optimizers. Side effects outside tfjs therefore happen twice. If a number that JavaScript
 *   makes differs between the two runs, then an error names the operation and the line of code.
 * - In the second run, `Date`, `performance.now` and `tf.util.now` show other times. Each field of
 *   the local date, from the year to the millisecond, is odd in one run and even in the other. A
 *   time that gets into the graph therefore causes an error, but the function may measure and log
 *   times. (Other clocks, such as `process.hrtime`, `Intl.DateTimeFormat` and `Temporal`, show the
 *   real time in both runs.)
 * - Only differences between the two runs are noticed. If JavaScript makes the same choice in both
 *   runs, then the trace fixes it. With a counter `n`, for example, `n++ < 1000` is always true,
 *   and a test whether today is a Sunday may keep its first result. Let such a choice depend on a
 *   variable or an argument (`tf.where`).
 * - An error is thrown if the function makes a tensor from a large amount of JavaScript data, reads
 *   the data of a tensor (`dataSync`, `print`, …) or uses a recurrent layer with `stateful: true`.
 *   In this case no variable changes.
 * - `tf.randomNormal`, `tf.randomUniform`, `tf.truncatedNormal`, `tf.randomGamma`,
 *   `tf.multinomial`, `tf.dropout` and the layers that use them give new numbers on each call. The
 *   numbers come from TensorFlow's generator, with the same distributions as in tfjs. They depend
 *   on a seed, which can be set as an option, and on a variable that counts the calls. A draw with
 *   its own seed gives the same numbers each time, as in tfjs; only `tf.multinomial` ignores its
 *   seed. `Math.random`, `crypto.getRandomValues` and `crypto.randomUUID` cause an error. Calls
 *   that run in plain tfjs, because there are more than `mostTraces` shapes or because `accelerate`
 *   could not make a graph, draw the numbers that the graph would draw, and the variable counts
 *   them too.
 * - KERNELS.md lists tfjs-node's kernels and how a graph treats each of them.
 * - An argument may be a variable or a captured tensor. Two arguments may be the same tensor, or
 *   clones. If an argument is a variable, then the function is traced again for each different
 *   variable that is passed.
 * - Tracing is slow, and each trace is kept. A warning is printed if a function is traced more than
 *   eight times. After `mostTraces` traces, calls with new shapes run in plain tfjs until these
 *   shapes have come up often.
 * - Only variables and results survive a call. A tensor that the function keeps (`tf.keep`) is
 *   disposed of after tracing. If the function returns a variable or an argument, the caller gets a
 *   copy.
 * - Tensors that the function captures from outside are kept until `dispose`, with the values that
 *   they have when the function is traced.
 * - The values of variables live in TensorFlow. They are fetched only when ordinary tfjs code reads
 *   them. If such code assigns a new value to a variable, the next call sees the new value.
 * - An optimizer's learning rate may change at any time. If the function itself reads the rate of
 *   an optimizer that takes a step in it, then the function is traced again for each rate. The rate
 *   of any other optimizer is a JavaScript value like others. If another setting of the optimizer
 *   changes, or its weights are replaced, the function is traced again. The optimizer's step count
 *   advances as in eager mode. The function is also traced again if the set of trainable variables
 *   has changed (`layer.trainable`, `variable.trainable`).
 * - Functions that take turns using the same variables should be compiled together, with `compile({
 *   train, sample })`. They then share the variables, provided that the functions have at most
 *   eight traces in total. Otherwise each changed variable is copied at every switch between
 *   functions.
 * - The results belong to the caller, like those of any tfjs function.
 * - Batch normalization, Adam and the gradients of activations are fused operations, and TensorFlow
 *   fuses further operations. A training step therefore differs from that of tfjs in the last bits
 *   (by 1e-7 after one step), and the differences grow during training. With `exact` the bits are
 *   the same, but the graph is slower.
 * - NaN still shows up in the results. However, the gradient of ReLU is zero if its input is NaN,
 *   and softmax gives 0 for the finite numbers in a row that also contains +∞.
 * - The function may compute gradients of gradients. Those of the fused operations are right, also
 *   where those of tfjs are not: tfjs takes the output of `tf.tanh` for a constant, and it cannot
 *   differentiate the gradients of `tf.leakyRelu` and `tf.clipByValue`. Functions that are not
 *   fused, and all functions with `exact`, have the second gradients of tfjs. Those of
 *   `tf.sigmoid`, `tf.exp`, `tf.pow`, `tf.softmax` and `tf.logSoftmax` are wrong, because tfjs
 *   takes the output for a constant here too. Calling a compiled function inside a gradient causes
 *   an error.
 * - {@linkcode explainGraph} reports the time that each operation takes. {@linkcode exportGraph}
 *   writes the graph as a file for Python's TensorFlow.
 *
 * If tfjs does not run on the native engine, then `compile` and `accelerate` have no effect, and
 * everything runs in plain tfjs, with tfjs' own random numbers.
 *
 * @module
 *
 * @example Accelerate a model, train it with `fit`, then compile a function
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { accelerate, compile } from "@sudogan/sudogan/compile";
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 8, activation: "relu", inputShape: [4] }),
 *     tf.layers.dropout({ rate: 0.2 }),
 *     tf.layers.dense({ units: 1 }),
 *   ],
 * });
 * model.compile({ optimizer: "adam", loss: "meanSquaredError" });
 * const acceleration = accelerate(model, { seed: 1 });
 * const [x, y] = [tf.ones([32, 4]), tf.ones([32, 1])];
 * const { history } = await model.fit(x, y, { epochs: 3, verbose: 0 });
 * console.log(history.loss.length); // 3
 * acceleration.undo();
 *
 * const total = tf.variable(tf.scalar(0));
 * const add = compile((x: tf.Tensor1D) => total.assign(total.add(x.sum())));
 * add(tf.tensor1d([1, 2])); // traced
 * add(tf.tensor1d([3, 4])); // one native call
 * console.log(total.dataSync()[0]); // 10
 * add.dispose();
 * ```
 */
import type * as tf from "@tensorflow/tfjs";
import { writeAtomically } from "../system/atomic_write.ts";
import { CompileError } from "./compile_error.ts";
import { ownProgram, programOf } from "./owned_programs.ts";
import { CompiledStep, type StepFunction, type StepOptions } from "./compiled_step.ts";
import { isNative } from "../native/native_backend.ts";
import { type DrawOptions, Draws } from "./random/draws.ts";
import { Program } from "./program.ts";
import type { Results } from "./results.ts";
import { MOST_TRACES } from "./trace_store.ts";

export { CompileError, type Results, type StepFunction };
export {
  type Amount,
  type Explainable,
  explainGraph,
  type Explanation,
  type NodeTime,
  type OperationTime,
} from "./explain/explain.ts";
export type { RanOperation } from "./explain/read_run.ts";
export type { DrawOptions } from "./random/draws.ts";
export { chromeTrace, explanationTable } from "./explain/format.ts";
export { accelerate, type AccelerateOptions, type Acceleration } from "./layers/accelerate.ts";

/** A compiled function. It is called in the same way as the original function. */
export type Compiled<S extends StepFunction> =
  & ((...args: Parameters<S>) => ReturnType<S>)
  & {
    /**
     * Frees the graph, and the tensors that the graph keeps. The variables keep their values, and
     * the next call traces the function again.
     */
    dispose(): void;
  };

/** Functions that were compiled together, by name. They share their variables. */
export type CompiledTogether<S extends Readonly<Record<string, StepFunction>>> =
  & { readonly [Name in keyof S]: Compiled<S[Name]> }
  & {
    /** Frees the graphs of all the functions. */
    dispose(): void;
  };

/** Options for compiling a function. */
export interface CompileOptions extends DrawOptions {
  /**
   * If true, the results have exactly the same bits as the results of the original function. If
   * false, which is the default, the graph is faster, but it rounds differently.
   */
  readonly exact?: boolean;
  /**
   * The maximum number of traces that are kept for each function. The default is 64. When a
   * function has this many traces, calls with new shapes run in plain tfjs. If a new shape comes up
   * often, then it is traced, and the new trace replaces the least recently used one.
   */
  readonly mostTraces?: number;
}

/**
 * Compiles a function.
 *
 * @param step a function whose arguments are tensors
 * @throws {CompileError} when the compiled function is called and that call cannot become a graph
 */
export function compile<S extends StepFunction>(
  step: S,
  options?: CompileOptions,
): Compiled<S>;
/**
 * Compiles several functions that use the same variables.
 *
 * @param steps functions whose arguments are tensors, by name
 * @throws {CompileError} when the compiled function is called and that call cannot become a graph
 */
export function compile<S extends Readonly<Record<string, StepFunction>>>(
  steps: S,
  options?: CompileOptions,
): CompiledTogether<S>;
export function compile(
  step: StepFunction | Readonly<Record<string, StepFunction>>,
  { exact = false, mostTraces = MOST_TRACES, ...drawOptions }: CompileOptions = {},
): unknown {
  const program = new Program();
  const draws = new Draws(drawOptions);
  const options: StepOptions = { exact, mostTraces, draws };
  const shared = {
    dispose() {
      program.dispose();
      draws.dispose();
    },
  };
  const compileOne = (name: string, one: StepFunction) =>
    ownProgram(Object.assign(compileInto(program, name, one, options), shared), program);
  if (typeof step === "function") return compileOne("step", step);
  const compiled = Object.entries(step).map(([name, one]) => [name, compileOne(name, one)]);
  return ownProgram({ ...Object.fromEntries(compiled), ...shared }, program);
}

/**
 * Writes the graph of compiled functions to a folder, in TensorFlow's SavedModel format. The
 * exported file, `saved_model.pb`, also contains the current values of the graph's variables.
 * Python can load the folder with `tf.saved_model.load(folder)`, and TensorFlow Serving can load it
 * too.
 *
 * A function has one signature for each combination of shapes in its calls so far. If the function
 * was compiled as part of a record, then the name of the signature is the function's name in this
 * record. If the function was compiled alone, then the name is `step`. If a function has several
 * signatures, then their names end in `_1`, `_2`, …. The inputs of a signature are named
 * `argument0`, `argument1`, …, and its outputs are named `result0`, `result1`, …. If an argument is
 * a variable, then it is part of the graph rather than an input.
 *
 * @param compiled the result of {@linkcode compile}; at least one of its calls must have been
 * traced already
 * @param folder the path of the folder, which is created if it does not exist; if it contains an
 * older graph, that graph is replaced
 * @throws {CompileError} when no call has been traced yet
 */
export async function exportGraph(
  compiled: { dispose(): void },
  folder: string,
): Promise<void> {
  const program = programOf(compiled);
  if (!program || program.size === 0) {
    throw new CompileError(
      `Exporting a graph to ${folder}: wanted a function that has been traced, found none. On the native engine, call ` +
        "it first; a function whose first call creates variables, as an optimizer's first step does, is traced at its second " +
        "call.",
    );
  }
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(`${folder}/saved_model.pb`, program.encode());
}

function compileInto(
  program: Program,
  name: string,
  step: StepFunction,
  options: StepOptions,
): StepFunction {
  const compiled = new CompiledStep(program, name, step, options);
  return (...args: tf.Tensor[]): Results => {
    if (!isNative()) return step(...args);
    return compiled.call(args);
  };
}
