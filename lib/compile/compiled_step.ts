/**
 * Finds the trace that matches a call to a compiled function. If there is none, the call is traced.
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import { isDifferentiated } from "./fused/differentiated.ts";
import { callPlainly } from "./plain_call.ts";
import type { Program } from "./program.ts";
import { type Form, notResults, type Results, takeApart } from "./results.ts";
import type { TraceOptions } from "./record_call.ts";
import { trace } from "./trace.ts";
import { TraceStore } from "./trace_store.ts";

/** A function that can be compiled. */
// deno-lint-ignore no-explicit-any -- the arguments' types are the function's own, such as tf.Tensor2D.
export type StepFunction = (...args: any[]) => Results;

/** A trace that can run as a graph. */
interface Runner {
  readonly run: (args: readonly tf.Tensor[]) => Results;
  /** Returns whether the graph still does what the function does. */
  readonly isValid: () => boolean;
  readonly remove: () => void;
}

/** Options for compiling a function. */
export interface StepOptions extends TraceOptions {
  readonly mostTraces: number;
}

/** If a function has more traces than this, a warning is printed. */
const MANY_TRACES = 8;

/** A compiled function and its traces. */
export class CompiledStep {
  readonly #program: Program;
  readonly #name: string;
  readonly #step: StepFunction;
  readonly #options: StepOptions;
  readonly #runners: TraceStore<Runner>;
  /**
   * The ids of the tensors that the function captures. If a captured tensor is also passed as an
   * argument, then the call gets its own trace.
   */
  readonly #surroundings = new Set<number>();
  #traces = 0;
  #life = 0;
  #saidFull = false;

  constructor(
    program: Program,
    name: string,
    step: StepFunction,
    options: StepOptions,
  ) {
    this.#program = program;
    this.#name = name;
    this.#step = step;
    this.#options = options;
    this.#runners = new TraceStore(options.mostTraces);
  }

  call(args: tf.Tensor[]): Results {
    requireSynchronous(this.#step);
    requireTensors(args);
    requireNoGradient(this.#name);
    if (this.#life !== this.#program.lives) this.#forget();
    const key = this.#keyOf(args);
    const runner = this.#runners.find(key);
    if (runner) return runner.run(args);
    if (this.#runners.isWorthTracing(key)) return this.#traceAndRun(args);
    this.#warnOfFull();
    return callPlainly(this.#options, () => this.#step(...args));
  }

  dispose(): void {
    for (const { remove } of this.#runners.clear()) remove();
    this.#surroundings.clear();
  }

  /** Drops all traces. This method is called when the program has been disposed of. */
  #forget(): void {
    this.#life = this.#program.lives;
    this.#runners.clear();
    this.#surroundings.clear();
  }

  /**
   * Returns the key of a call. Calls with equal keys share a graph. The key consists of the types
   * and shapes of the arguments. If an argument is a variable or a captured tensor, then the key
   * contains its id instead.
   *
   * The key also tells which arguments are the same tensor, because such arguments share a
   * gradient.
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
    // The trace has shown that the function also captures one of its arguments. The call is traced
    // again, and this argument is then treated as a captured tensor.
    if (usesMore) return this.#traceAndRun(args);
    const runner = traced.add();
    this.#runners.add(this.#keyOf(args), runner)?.remove();
    this.#warnOfMany(++this.#traces);
    return runner.run(args);
  }

  /**
   * Traces a call. If the call could be traced, the returned object has a function that adds the
   * trace to the program. Otherwise the object has only the results of the call.
   */
  #trace(args: tf.Tensor[], pinned: ReadonlySet<number>) {
    let form: Form | undefined;
    const step = this.#step;
    const traced = trace(args, pinned, (tensors) => {
      const taken = takeApart(step(...tensors));
      form ??= taken;
      requireSameForm(form, taken);
      return taken.tensors;
    }, this.#options);
    const { putTogether } = form!;
    if ("results" in traced) return { results: putTogether(traced.results) };
    const { surroundings, isValid } = traced.trace;
    const add = (): Runner => {
      const { run, remove } = this.#program.add(traced.trace, this.#name);
      return { run: (next) => putTogether(run(next)), isValid, remove };
    };
    return { surroundings, add };
  }

  #warnOfMany(traces: number): void {
    if (traces !== MANY_TRACES + 1) return;
    console.warn(
      `A compiled function ('${this.#name}') has been traced ${traces} times. Tracing is slow, and every trace is kept. ` +
        "Calls share a trace if their arguments have the same types and shapes and include no variable, and if no setting " +
        "of an optimizer other than its learning rate has changed. Pad batches to one size, and pass the values of " +
        "variables in as tensors. This warning is shown only once.",
    );
  }

  #warnOfFull(): void {
    if (this.#saidFull) return;
    this.#saidFull = true;
    console.warn(
      `A compiled function ('${this.#name}') has ${this.#options.mostTraces} traces, the most that it may keep. Calls ` +
        "with new shapes run in plain tfjs until they have come up often; random numbers still come from the function's " +
        "seed and counter. Pad batches to a few sizes, or set `mostTraces`. This warning is shown only once.",
    );
  }
}

function requireSameForm(first: Form, again: Form): void {
  if (first.kind === again.kind) return;
  throw new CompileError(
    `A compiled function returned ${first.kind}, and ${again.kind} when it was called again with the same arguments. A ` +
      "graph would always do what the first call did.",
  );
}

function requireTensors(args: readonly unknown[]): void {
  const at = args.findIndex((arg) => !(arg instanceof tf.Tensor) || arg.isDisposed);
  if (at < 0) return;
  if (args[at] instanceof tf.Tensor) {
    throw new CompileError(
      `Calling a compiled function: argument ${at + 1} has been disposed of.`,
    );
  }
  throw new CompileError(
    `Calling a compiled function: argument ${at + 1} should be a tensor, found ` +
      `${typeof args[at]}. Other values would ` +
      "be fixed for all calls; pass a number in as tf.scalar(number).",
  );
}

/**
 * Throws an error if the function is async. An async function would still be running when its trace
 * ends.
 */
function requireSynchronous(step: StepFunction): void {
  const kind = Object.prototype.toString.call(step);
  if (kind === "[object AsyncFunction]") throw notResults("a promise");
}

/**
 * Throws an error if a gradient is being computed. The gradient's tape does not record the
 * operations of a graph, so the gradient would be wrong.
 */
function requireNoGradient(name: string): void {
  if (!isDifferentiated()) return;
  throw new CompileError(
    `A compiled function ('${name}') was called inside a gradient, but gradients cannot pass through a graph. Inside the ` +
      "gradient, call the original function, and compile the step that computes the gradient; or call the compiled " +
      "function before the gradient, and use its result.",
  );
}
