/**
 * `compile(step)`: what `tf.function` is to Python's TensorFlow, for tfjs-node.
 *
 * tfjs sends each small operation across into native code by itself: a training step of some networks is thousands of
 * calls. `compile` traces one call of an ordinary tfjs function into a TensorFlow graph and runs it as one call from
 * then on, with the same results to the bit.
 *
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { assertEquals } from "@std/assert";
 *
 * const total = tf.variable(tf.scalar(0));
 * const add = compile((x: tf.Tensor1D) => total.assign(total.add(x.sum())));
 * add(tf.tensor1d([1, 2])); // traced
 * add(tf.tensor1d([3, 4])); // one native call
 * assertEquals(total.dataSync()[0], 10);
 * add.dispose();
 * ```
 *
 * The function takes tensors and returns a tensor, an array or a record of tensors, or nothing. It may read and assign
 * `tf.variable`s, and use `tf.variableGrads`, `tf.layers` models, any optimizer, `tf.tidy` and `tf.customGrad`.
 *
 * What to know:
 *
 * - JavaScript runs while the function is traced, and not again: a branch on a number, a loop's length, a counter are
 *   decided once for each combination of the arguments' shapes and types. What is to change from call to call is an
 *   argument or a variable.
 * - Reading data inside (`dataSync`, `print`, …) and tensors with many numbers from JavaScript (random ones, most of all)
 *   are refused when the function is traced, with a message. Random numbers: random_tensors.ts.
 * - Tensors from outside that the function uses are kept until `dispose`, with the values that they had.
 * - The values of variables live in TensorFlow. Ordinary tfjs code sees them whenever it looks, and only then are they
 *   fetched; what it writes is seen by the next call.
 * - Functions that use the same variables in turn are compiled together, `compile({ train, sample })`, and share them.
 *   Compiled apart they work too, but hand each changed variable over at each turn.
 * - The results belong to the caller, as those of any tfjs function.
 *
 * On other engines than the native one `compile` returns a function that just calls the given one.
 */
import * as tf from "@tensorflow/tfjs";
import { writeAtomically } from "../atomic_write.ts";
import { isNative } from "./compile/native_backend.ts";
import { Program } from "./compile/program.ts";
import { CompileError } from "./compile/compile_error.ts";
import { trace, type TraceOptions } from "./compile/trace.ts";

export { CompileError };

/** What a function that can be compiled returns. */
export type Results =
  | tf.Tensor
  | readonly tf.Tensor[]
  | Readonly<Record<string, tf.Tensor>>
  | void;

/** The key of what {@linkcode exportGraph} needs of compiled functions. */
const graph = Symbol("graph");

/** What can be written down as a graph; undefined where functions are not compiled. */
type GraphSource = () => Uint8Array<ArrayBuffer> | undefined;

/** A function that can be compiled. */
// deno-lint-ignore no-explicit-any -- the arguments' types are the function's own, such as tf.Tensor2D.
export type Step = (...args: any[]) => Results;

/** A compiled function: called like the one it was made from. */
export type Compiled<S extends Step> =
  & ((...args: Parameters<S>) => ReturnType<S>)
  & {
    /** Frees the graph and what it holds. The variables keep their values; calling the function traces it again. */
    dispose(): void;
    /** Writes the graph down: see {@linkcode exportGraph}. */
    readonly [graph]: GraphSource;
  };

/** Compiled functions that share their variables. */
export type CompiledTogether<S extends Readonly<Record<string, Step>>> =
  & { readonly [Name in keyof S]: Compiled<S[Name]> }
  & {
    /** Frees all of them. */
    dispose(): void;
    /** Writes the graph down: see {@linkcode exportGraph}. */
    readonly [graph]: GraphSource;
  };

/** How a function is compiled. */
export interface CompileOptions {
  /**
   * Whether results are the same bits as the function's own. Otherwise (the default) activations' gradients, batch
   * normalization and Adam are fused operations, and TensorFlow may put the graph into other forms: faster, with other
   * rounding.
   */
  readonly exact?: boolean;
}

/**
 * Compiles a function, or several over the same variables.
 *
 * @param step a function of tensors, or a record of such functions
 * @throws {CompileError} later, when a call is traced that no graph can stand for
 */
export function compile<S extends Step>(
  step: S,
  options?: CompileOptions,
): Compiled<S>;
export function compile<S extends Readonly<Record<string, Step>>>(
  steps: S,
  options?: CompileOptions,
): CompiledTogether<S>;
export function compile(
  step: Step | Readonly<Record<string, Step>>,
  { exact = false }: CompileOptions = {},
): unknown {
  const program = new Program();
  const source: GraphSource = () =>
    program.size === 0 ? undefined : program.encode();
  const shared = { dispose: () => program.dispose(), [graph]: source };
  if (typeof step === "function") {
    return Object.assign(compileInto(program, "step", step, { exact }), shared);
  }
  const compiled = Object.entries(step).map(([name, one]) => [
    name,
    Object.assign(compileInto(program, name, one, { exact }), shared),
  ]);
  return { ...Object.fromEntries(compiled), ...shared };
}

/**
 * Writes the graph of compiled functions as a SavedModel, with the values that its variables have now, so that the same
 * step can be taken in Python (`tf.saved_model.load(folder)`) or by TensorFlow Serving.
 *
 * A signature for each function and each combination of shapes that it has been called with so far: under the function's
 * name in the record that was compiled (`step` for a single function), with `_1`, `_2`, … where there are several. Inputs
 * are `argument0`, `argument1`, …, outputs `result0`, … in the order of the function's results.
 *
 * @param compiled what {@linkcode compile} returned, called at least once
 * @param folder is made if need be; an older graph in it is replaced
 * @throws {CompileError} when nothing has been traced yet
 */
export async function exportGraph(
  compiled: { readonly [graph]: GraphSource },
  folder: string,
): Promise<void> {
  const bytes = compiled[graph]();
  if (bytes === undefined) {
    throw new CompileError(
      `Exporting a graph to ${folder}: wanted a function that has been traced, found none. On the native engine, call ` +
        "it first; a function whose first call makes variables, as an optimizer's does, is traced at its second call.",
    );
  }
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(`${folder}/saved_model.pb`, bytes);
}

/** A trace that has become a graph: runs it, and gives the results the form that the function gave them. */
type Runner = (args: readonly tf.Tensor[]) => Results;

function compileInto(
  program: Program,
  name: string,
  step: Step,
  options: TraceOptions,
): Step {
  const runners = new Map<string, Runner>();
  return (...args: tf.Tensor[]): Results => {
    if (!isNative()) return step(...args);
    requireTensors(args);
    const key = args.map(({ dtype, shape }) => `${dtype}[${shape}]`).join();
    // A program that was disposed of has forgotten this function's traces.
    if (program.size === 0) runners.clear();
    const runner = runners.get(key);
    if (runner) return runner(args);
    const traced = traceCall(program, name, step, args, options);
    if ("results" in traced) return traced.results;
    runners.set(key, traced.runner);
    return traced.runner(args);
  };
}

function requireTensors(args: readonly unknown[]): void {
  const at = args.findIndex((arg) => !(arg instanceof tf.Tensor));
  if (at < 0) return;
  throw new CompileError(
    `Calling a compiled function: argument ${
      at + 1
    } should be a tensor, found ${typeof args[at]}. Other values would ` +
      "be decided once for all calls; hand a number in as tf.scalar(number).",
  );
}

/** Writes a call down; what runs it from now on, or its results where it cannot stand for later ones. */
function traceCall(
  program: Program,
  name: string,
  step: Step,
  args: tf.Tensor[],
  options: TraceOptions,
): { runner: Runner } | { results: Results } {
  let form: Form | undefined;
  const traced = trace(args, () => {
    form = takeApart(step(...args));
    return form.tensors;
  }, options);
  const { putTogether } = form!;
  if ("results" in traced) return { results: putTogether(traced.results) };
  const run = program.add(traced.trace, name);
  return { runner: (next) => putTogether(run(next)) };
}

/** Results as a list, and the way back. */
interface Form {
  readonly tensors: tf.Tensor[];
  readonly putTogether: (tensors: tf.Tensor[]) => Results;
}

function takeApart(results: Results): Form {
  if (results === undefined) {
    return {
      tensors: [],
      putTogether: () => undefined,
    };
  }
  if (results instanceof tf.Tensor) {
    return {
      tensors: [results],
      putTogether: ([tensor]) => tensor,
    };
  }
  if (Array.isArray(results)) {
    return {
      tensors: requireResults(results),
      putTogether: (tensors) => tensors,
    };
  }
  const names = Object.keys(results);
  return {
    tensors: requireResults(Object.values(results)),
    putTogether: (tensors) =>
      Object.fromEntries(names.map((name, i) => [name, tensors[i]])),
  };
}

function requireResults(results: readonly unknown[]): tf.Tensor[] {
  if (results.every((result) => result instanceof tf.Tensor)) {
    return [...results];
  }
  throw new CompileError(
    "A compiled function returns a tensor, or an array or a record of tensors, or nothing; found something else among " +
      "its results.",
  );
}
