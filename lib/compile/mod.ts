/**
 * Native speed for tfjs-node: `accelerate(model)` for tf.layers models, `compile(step)` for
 * functions of one's own. What `tf.function` is to Python's TensorFlow.
 *
 * tfjs sends each small operation across into native code by itself: a training step of some
 * networks is thousands of calls. Here a call is traced into a TensorFlow graph and run as one call
 * from then on, with the same results to within rounding, or to the bit where that is asked for.
 * README.md beside this file tells how it works and what it cannot do.
 *
 * The function takes tensors and returns a tensor, an array or a record of tensors, or nothing. It
 * may read and assign `tf.variable`s, and use `tf.variableGrads`, `tf.layers` models, any
 * optimizer, `tf.tidy` and `tf.customGrad`.
 *
 * What to know:
 *
 * - JavaScript runs while the function is traced, and not again: a branch on a number, a loop's
 *   length, a counter are decided once for each combination of the arguments' shapes and types.
 *   What is to change from call to call is an argument or a variable.
 * - A call is traced by running it twice and taking both runs back; what it does beside tfjs'
 *   tensors, variables and optimizers happens twice. What differs between the two, as the time
 *   does, would be frozen in the graph and is refused, with the operation and the line. So are many
 *   numbers from JavaScript (data), reading data inside (`dataSync`, `print`, …) and recurrent
 *   layers with `stateful`. A refused call changes no variable.
 * - `tf.randomNormal`, `tf.randomUniform`, `tf.truncatedNormal`, `tf.randomGamma`,
 *   `tf.multinomial`, `tf.dropout` and the layers that use them give new numbers in each call, with
 *   TensorFlow's generator: from the same distributions, but not the numbers that tfjs draws. The
 *   seed is an option, and a variable counts the calls. A draw with a seed of its own gives the
 *   same numbers each time, as it does in tfjs. Outside compiled functions tfjs draws as ever.
 *   Numbers of `Math.random` itself are refused.
 * - tfjs-node's kernels, and what becomes of each in a graph, are listed in KERNELS.md.
 * - Arguments may be one tensor, clones, variables, or tensors that the function uses anyway. A
 *   function whose arguments are variables is traced for each of them.
 * - Each trace takes long and is kept. Many shapes are worth a warning; beyond `mostTraces` calls of
 *   other shapes run as tfjs runs them, until they have come often.
 * - Nothing but variables and results leaves a call: a tensor that the function keeps for elsewhere
 *   (`tf.keep`) is disposed of when it has been traced. Returned variables and arguments are
 *   copies.
 * - Tensors from outside that the function uses are kept until `dispose`, with the values that they
 *   had.
 * - The values of variables live in TensorFlow. Ordinary tfjs code sees them whenever it looks, and
 *   only then are they fetched; what it writes is seen by the next call.
 * - An optimizer's learning rate may be changed at any time; after a change of its other settings,
 *   or of its weights, the function is traced again. Its count of steps goes on as it would
 *   eagerly.
 * - Functions that use the same variables in turn are compiled together, `compile({ train, sample
 *   })`, and share them, up to eight traces. Compiled apart they work too, but hand each changed
 *   variable over at each turn.
 * - The results belong to the caller, as those of any tfjs function.
 * - Batch normalization, Adam and the gradients of activations are fused operations in the graph,
 *   and TensorFlow joins more of them: a training step differs from tfjs' own in the last bits
 *   (1e-7 after one step), and differences grow as rounding errors do in training. NaN is not
 *   hidden from results, but the gradient of ReLU is zero where its input is NaN, and softmax gives
 *   0 for finite numbers beside an infinity. With `exact` the graph gives the same bits, and takes
 *   a fifth longer. Gradients may be taken of gradients inside the function; one around a compiled
 *   function is refused.
 * - {@linkcode explain} tells where the time goes; {@linkcode exportGraph} writes the graph as a file
 *   that Python's TensorFlow runs.
 *
 * On other engines than the native one `compile` returns a function that just calls the given one,
 * and an accelerated model does what it did before.
 *
 * @module
 *
 * @example Accelerate a model, with all that `fit` does, then compile a function
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
 *
 * @module
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
  explain,
  type Explainable,
  type Explanation,
  type NodeTime,
  type OperationTime,
} from "./explain/explain.ts";
export type { RanOperation } from "./explain/read_run.ts";
export type { DrawOptions } from "./random/draws.ts";
export { chromeTrace, explanationTable } from "./explain/format.ts";
export { accelerate, type AccelerateOptions, type Acceleration } from "./layers/accelerate.ts";

/** A compiled function: called like the one it was made from. */
export type Compiled<S extends StepFunction> =
  & ((...args: Parameters<S>) => ReturnType<S>)
  & {
    /**
     * Frees the graph and what it holds. The variables keep their values; calling the function
     * traces it again.
     */
    dispose(): void;
  };

/** Compiled functions that share their variables. */
export type CompiledTogether<S extends Readonly<Record<string, StepFunction>>> =
  & { readonly [Name in keyof S]: Compiled<S[Name]> }
  & {
    /** Frees all of them. */
    dispose(): void;
  };

/** How a function is compiled. */
export interface CompileOptions extends DrawOptions {
  /**
   * Whether results are the same bits as the function's own. Otherwise (the default) activations'
   * gradients, batch normalization and Adam are fused operations, and TensorFlow may put the graph
   * into other forms: faster, with other rounding.
   */
  readonly exact?: boolean;
  /**
   * Most traces that are kept of a function; default: 64. Calls of further shapes run as tfjs runs
   * them; one that comes often takes the place of the trace that was unused for longest.
   */
  readonly mostTraces?: number;
}

/**
 * Compiles a function.
 *
 * @param step a function of tensors
 * @throws {CompileError} later, when a call is traced that no graph can stand for
 */
export function compile<S extends StepFunction>(
  step: S,
  options?: CompileOptions,
): Compiled<S>;
/**
 * Compiles several functions over the same variables.
 *
 * @param steps functions of tensors, by name
 * @throws {CompileError} later, when a call is traced that no graph can stand for
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
 * Writes the graph of compiled functions as a SavedModel, with the values that its variables have
 * now, so that the same step can be taken in Python (`tf.saved_model.load(folder)`) or by
 * TensorFlow Serving.
 *
 * A signature for each function and each combination of shapes that it has been called with so far:
 * under the function's name in the record that was compiled (`step` for a single function), with
 * `_1`, `_2`, … where there are several. Inputs are `argument0`, `argument1`, … (variables among
 * the arguments are the graph's own), outputs `result0`, … in the order of the function's results.
 *
 * @param compiled what {@linkcode compile} returned, called at least once
 * @param folder is made if need be; an older graph in it is replaced
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
        "it first; a function whose first call makes variables, as an optimizer's does, is traced at its second call.",
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
