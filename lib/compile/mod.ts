/**
 * Runs tfjs-node at TensorFlow's native speed: `accelerate(model)` for tf.layers models, and
 * `compile(step)` for your own functions, like `tf.function` in Python's TensorFlow.
 *
 * tfjs makes a separate native call for each small operation, and for some networks a training step
 * takes thousands of calls. `compile` traces a call into a TensorFlow graph and then runs the graph
 * as a single call. The results are the same to within rounding, or to the bit if requested.
 * README.md in this folder explains how it works and what it cannot do.
 *
 * A function to compile takes tensors. It returns a tensor, an array of tensors, a record of
 * tensors, or nothing. It may read and assign `tf.variable`s, and use `tf.variableGrads`,
 * `tf.layers` models, any optimizer, `tf.tidy` and `tf.customGrad`.
 *
 * Rules and limits:
 *
 * - JavaScript runs only while the function is traced. So for each combination of the arguments'
 *   shapes and types, the choice of branches, the lengths of loops and the values of counters are
 *   fixed. Values that change from call to call must be arguments or variables.
 * - A call is traced by running it twice and undoing both runs. Side effects other than those on
 *   tfjs' tensors, variables and optimizers happen twice. A value that differs between the two
 *   runs, such as the time, would be frozen in the graph, so the call throws an error that names
 *   the operation and the line. A call also throws an error if it brings in large amounts of data
 *   from JavaScript, reads the data of tensors (`dataSync`, `print`, …) or uses recurrent layers
 *   with `stateful`. A call that throws such an error changes no variable.
 * - `tf.randomNormal`, `tf.randomUniform`, `tf.truncatedNormal`, `tf.randomGamma`,
 *   `tf.multinomial`, `tf.dropout` and the layers that use them give new numbers in each call. The
 *   numbers come from TensorFlow's generator, so they differ from those of tfjs, but they have the
 *   same distributions. The numbers depend on a seed, which is an option, and on a variable that
 *   counts the calls. A draw with its own seed gives the same numbers each time, as in tfjs. Draws
 *   outside compiled functions are unchanged. Calling `Math.random` directly throws an error.
 * - KERNELS.md lists tfjs-node's kernels and how a graph treats each of them.
 * - Two arguments may be the same tensor or clones of it. An argument may be a variable, or a
 *   tensor that the function also captures. A function whose arguments are variables is traced
 *   again for each variable.
 * - Tracing is slow, and each trace is kept. A warning appears if a function is called with many
 *   shapes. Once there are `mostTraces` traces, a call with new shapes runs in plain tfjs until
 *   these shapes have come up often.
 * - Only variables and results survive a call. A tensor that the function keeps (`tf.keep`) is
 *   disposed of after tracing. If the function returns a variable or an argument, the caller gets a
 *   copy.
 * - Tensors that the function captures from outside are kept until `dispose`, with the values that
 *   they have when the function is traced.
 * - The values of variables live in TensorFlow. They are fetched only when ordinary tfjs code reads
 *   them. If such code assigns a variable, the next call sees the new value.
 * - An optimizer's learning rate may change at any time. If another setting of the optimizer
 *   changes, or its weights are replaced, the function is traced again. The optimizer's step count
 *   advances as in eager mode. The function is also traced again if other variables are trainable
 *   than before (`layer.trainable`, `variable.trainable`).
 * - Functions that take turns using the same variables should be compiled together, with
 *   `compile({ train, sample })`. They then share the variables (up to eight traces do). Functions
 *   that are compiled separately also work, but each changed variable is copied whenever you switch
 *   from one function to another.
 * - The results belong to the caller, like those of any tfjs function.
 * - In the graph, batch normalization, Adam and the gradients of activations are fused operations,
 *   and TensorFlow fuses further operations. So a training step differs from that of tfjs in the
 *   last bits (by 1e-7 after one step), and the differences grow during training as rounding errors
 *   do. NaN still shows up in the results, but the gradient of ReLU is zero if its input is NaN,
 *   and softmax gives 0 for finite numbers next to an infinity. With `exact` the graph gives the
 *   same bits as tfjs, but is slower. The function may compute gradients of gradients. Calling a
 *   compiled function inside a gradient throws an error.
 * - {@linkcode explainGraph} reports the time that each operation takes, and
 *   {@linkcode exportGraph} writes the graph as a file that Python's TensorFlow can run.
 *
 * On engines other than the native one, `compile` returns a function that simply calls the given
 * one, and an accelerated model behaves as before.
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

/** A compiled function. It is called like the original function. */
export type Compiled<S extends StepFunction> =
  & ((...args: Parameters<S>) => ReturnType<S>)
  & {
    /**
     * Frees the graph and its tensors. The variables keep their values, and the next call traces
     * the function again.
     */
    dispose(): void;
  };

/** Compiled functions that share their variables. */
export type CompiledTogether<S extends Readonly<Record<string, StepFunction>>> =
  & { readonly [Name in keyof S]: Compiled<S[Name]> }
  & {
    /** Frees all the functions' graphs. */
    dispose(): void;
  };

/** Options for compiling a function. */
export interface CompileOptions extends DrawOptions {
  /**
   * If true, the results have exactly the same bits as the original function's. If false (the
   * default), the graph is faster but rounds differently: the gradients of activations, batch
   * normalization and Adam are fused operations, and TensorFlow may rewrite the graph.
   */
  readonly exact?: boolean;
  /**
   * The maximum number of traces that are kept for a function; default: 64. Calls with further
   * shapes run in plain tfjs. If a new shape comes up often, its trace replaces the trace that has
   * been unused the longest.
   */
  readonly mostTraces?: number;
}

/**
 * Compiles a function.
 *
 * @param step a function of tensors
 * @throws {CompileError} at a later call, if that call cannot become a graph
 */
export function compile<S extends StepFunction>(
  step: S,
  options?: CompileOptions,
): Compiled<S>;
/**
 * Compiles several functions that use the same variables.
 *
 * @param steps functions of tensors, by name
 * @throws {CompileError} at a later call, if that call cannot become a graph
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
 * Writes the graph of compiled functions as a SavedModel with the current values of its variables,
 * so that the same functions can run in Python (`tf.saved_model.load(folder)`) or TensorFlow
 * Serving.
 *
 * Each function has one signature for each combination of shapes that it has been called with so
 * far. The signature's name is the function's name in the compiled record, or `step` for a single
 * function. If the function has several signatures, their names end in `_1`, `_2`, …. Inputs are
 * named `argument0`, `argument1`, …. Arguments that are variables are not inputs; they are part of
 * the graph. Outputs are named `result0`, …, in the order of the function's results.
 *
 * @param compiled the result of {@linkcode compile}, called at least once
 * @param folder the folder to write to. It is created if necessary, and an older graph in it is
 * replaced.
 * @throws {CompileError} when nothing has been traced yet
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
