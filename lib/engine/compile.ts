/**
 * `compile(step)`: what `tf.function` is to Python's TensorFlow, for tfjs-node.
 *
 * tfjs sends each small operation across into native code by itself: a training step of some networks is thousands of
 * calls. `compile` traces one call of an ordinary tfjs function into a TensorFlow graph and runs it as one call from
 * then on, with the same results to within rounding, or to the bit where that is asked for.
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
 * - Batch normalization, Adam and the gradients of activations are fused operations in the graph, and TensorFlow joins
 *   more of them: a training step differs from tfjs' own in the last bits (1e-7 after one step), and differences grow as
 *   rounding errors do in training. With `exact` the graph gives the same bits, and takes a fifth longer.
 * - {@linkcode exportGraph} writes the graph as a file that Python's TensorFlow runs.
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

/** A trace that has become a graph. */
interface Runner {
  /** Runs it, and gives the results the form that the function gave them. */
  readonly run: (args: readonly tf.Tensor[]) => Results;
  /** Whether it still stands for what the function does. */
  readonly isValid: () => boolean;
}

/** More traces of one function than this are worth a warning. */
const MANY_TRACES = 8;

/** A function that is being compiled, with its traces. */
class CompiledStep {
  readonly #program: Program;
  readonly #name: string;
  readonly #step: Step;
  readonly #options: TraceOptions;
  readonly #runners = new Map<string, Runner[]>();
  /** The ids of tensors from outside that the function uses: a call with one of them as an argument has its own trace. */
  readonly #surroundings = new Set<number>();
  #traces = 0;
  #life = 0;

  constructor(
    program: Program,
    name: string,
    step: Step,
    options: TraceOptions,
  ) {
    this.#program = program;
    this.#name = name;
    this.#step = step;
    this.#options = options;
  }

  call(args: tf.Tensor[]): Results {
    requireTensors(args);
    if (this.#life !== this.#program.lives) this.#forget();
    const runners = this.#runners.get(this.#keyOf(args));
    const runner = runners?.find(({ isValid }) => isValid());
    return runner ? runner.run(args) : this.#traceAndRun(args);
  }

  /** A program that was disposed of has forgotten this function's traces. */
  #forget(): void {
    this.#life = this.#program.lives;
    this.#runners.clear();
    this.#surroundings.clear();
  }

  /**
   * What calls have in common for which one graph stands: the arguments' types and shapes; which of them are the same
   * tensor, since a gradient with respect to one is then one with respect to all; and which are part of the function
   * anyway, as variables and tensors from outside.
   */
  #keyOf(args: readonly tf.Tensor[]): string {
    let key = "";
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      const first = args.indexOf(arg);
      if (this.#isPinned(arg)) key += `#${arg.id},`;
      else if (first < i) key += `=${first},`;
      else key += `${arg.dtype}[${arg.shape}],`;
    }
    return key;
  }

  #isPinned(arg: tf.Tensor): boolean {
    return arg instanceof tf.Variable || this.#surroundings.has(arg.id);
  }

  #traceAndRun(args: tf.Tensor[]): Results {
    const before = this.#surroundings.size;
    const pinned = new Set(
      args.filter((arg) => this.#isPinned(arg)).map(({ id }) => id),
    );
    const traced = this.#trace(args, pinned);
    if ("results" in traced) return traced.results;
    for (const id of traced.surroundings) this.#surroundings.add(id);
    const usesMore = this.#surroundings.size > before &&
      args.some((arg) => !pinned.has(arg.id) && this.#isPinned(arg));
    // The function uses one of the arguments anyway: it is to be traced as that one.
    if (usesMore) return this.#traceAndRun(args);
    const runner = traced.add();
    const key = this.#keyOf(args);
    this.#runners.set(key, [...this.#runners.get(key) ?? [], runner]);
    this.#warnOfMany(++this.#traces);
    return runner.run(args);
  }

  /** Writes a call down; what runs it from now on, or its results where it cannot stand for later ones. */
  #trace(args: tf.Tensor[], pinned: ReadonlySet<number>) {
    let form: Form | undefined;
    const step = this.#step;
    const traced = trace(args, pinned, (tensors) => {
      const taken = takeApart(step(...tensors));
      form ??= taken;
      return taken.tensors;
    }, this.#options);
    const { putTogether } = form!;
    if ("results" in traced) return { results: putTogether(traced.results) };
    const { surroundings, isValid } = traced.trace;
    const add = (): Runner => {
      const run = this.#program.add(traced.trace, this.#name);
      return { run: (next) => putTogether(run(next)), isValid };
    };
    return { surroundings, add };
  }

  #warnOfMany(traces: number): void {
    if (traces !== MANY_TRACES + 1) return;
    console.warn(
      `A compiled function ('${this.#name}') has been traced ${traces} times, and each trace takes long and is kept. ` +
        "Calls share a trace when their arguments have the same types and shapes, no variable is among them, and " +
        "settings of optimizers other than learning rates stay: fill batches up to one size, and hand variables' values in " +
        "as tensors. It is said once.",
    );
  }
}

function compileInto(
  program: Program,
  name: string,
  step: Step,
  options: TraceOptions,
): Step {
  const compiled = new CompiledStep(program, name, step, options);
  return (...args: tf.Tensor[]): Results => {
    if (!isNative()) return step(...args);
    requireSynchronous(step);
    return compiled.call(args);
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

/** An async function would go on when its trace is long over. */
function requireSynchronous(step: Step): void {
  const kind = Object.prototype.toString.call(step);
  if (kind === "[object AsyncFunction]") throw notResults("a promise");
}

/** Results as a list, and the way back. */
interface Form {
  readonly tensors: tf.Tensor[];
  readonly putTogether: (tensors: tf.Tensor[]) => Results;
}

function takeApart(results: unknown): Form {
  if (results === undefined) {
    return { tensors: [], putTogether: () => undefined };
  }
  if (results instanceof tf.Tensor) {
    return { tensors: [results], putTogether: ([tensor]) => tensor };
  }
  if (Array.isArray(results)) {
    return {
      tensors: requireResults(results),
      putTogether: (tensors) => tensors,
    };
  }
  if (!isRecord(results)) throw notResults(nameKind(results));
  const names = Object.keys(results);
  return {
    tensors: requireResults(Object.values(results)),
    putTogether: (tensors) =>
      Object.fromEntries(names.map((name, i) => [name, tensors[i]])),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function requireResults(results: readonly unknown[]): tf.Tensor[] {
  const other = results.find((result) => !(result instanceof tf.Tensor));
  if (other === undefined && !results.includes(undefined)) {
    return [...results] as tf.Tensor[];
  }
  throw notResults(`${nameKind(other)} among its results`);
}

function notResults(found: string): CompileError {
  const promise = found === "a promise"
    ? " An async function cannot be compiled: make it wait for data outside."
    : "";
  return new CompileError(
    "A compiled function returns a tensor, or an array or a record of tensors, or nothing; found " +
      `${found}.${promise}`,
  );
}

function nameKind(value: unknown): string {
  if (value instanceof Promise) {
    // It may fail, too late for anybody to hear.
    value.catch(() => {});
    return "a promise";
  }
  if (value === null || value === undefined) return `${value}`;
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  return `an object of the class ${value.constructor?.name ?? "unknown"}`;
}
