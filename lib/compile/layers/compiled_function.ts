/**
 * Compiles a function of a model. This function runs a training step, computes the loss and the
 * metrics, or computes the outputs.
 */
import type * as tf from "@tensorflow/tfjs";
import { isNative } from "../../native/native_backend.ts";
import { CompileError } from "../compile_error.ts";
import { CompiledStep, type StepOptions } from "../compiled_step.ts";
import { isDifferentiated } from "../fused/differentiated.ts";
import { callPlainly } from "../plain_call.ts";
import type { Program } from "../program.ts";
import { isBeingRecorded } from "../recorder.ts";
import type { Data, ModelFunction } from "./layers_model.ts";

export interface FunctionOptions extends StepOptions {
  /**
   * If true, then a call that cannot become a graph throws an error. If false, then tfjs runs the
   * call instead.
   */
  readonly strict: boolean;
}

export class CompiledFunction {
  readonly #program: Program;
  readonly #name: string;
  readonly #eager: ModelFunction;
  readonly #options: FunctionOptions;
  /**
   * The compiled steps. There is a separate step for each combination of present and missing (null)
   * tensors in the data.
   */
  readonly #steps = new Map<string, CompiledStep>();
  #isRefused = false;

  constructor(program: Program, name: string, eager: ModelFunction, options: FunctionOptions) {
    this.#program = program;
    this.#name = name;
    this.#eager = eager;
    this.#options = options;
  }

  /** Whether a call would now run as a compiled graph. */
  get isActive(): boolean {
    return !this.#isRefused && mayRunGraphs();
  }

  /** Makes a call in plain tfjs, with the random numbers that a graph would draw. */
  callPlainly<T>(call: () => T): T {
    return mayRunGraphs() ? callPlainly(this.#options, call) : call();
  }

  call(data: Data): tf.Tensor[] {
    const eager = () => this.#eager(data);
    if (!this.isActive) return this.callPlainly(eager);
    try {
      const tensors = data.filter((one) => one !== null);
      return this.#stepFor(data).call(tensors) as tf.Tensor[];
    } catch (error) {
      if (!(error instanceof CompileError) || this.#options.strict) throw error;
      // If tfjs fails too, then the error of tfjs is thrown, and the next call tries to compile
      // again.
      const results = this.callPlainly(eager);
      this.#isRefused = true;
      console.warn(
        `An accelerated model's function ('${this.#name}') runs in plain tfjs, because it cannot become a graph. ` +
          error.message,
      );
      return results;
    }
  }

  forget(): void {
    for (const step of this.#steps.values()) step.dispose();
    this.#steps.clear();
    this.#isRefused = false;
  }

  #stepFor(data: Data): CompiledStep {
    const pattern = data.map((one) => one ? "x" : "-").join("");
    const known = this.#steps.get(pattern);
    if (known) return known;
    const call = (...tensors: tf.Tensor[]) => {
      const rest = tensors.values();
      return this.#eager(data.map((one) => one && rest.next().value!));
    };
    const step = new CompiledStep(this.#program, this.#name, call, this.#options);
    this.#steps.set(pattern, step);
    return step;
  }
}

/**
 * Returns whether a graph may run now. In a gradient function or a traced call, tfjs must see every
 * operation, so no graph may run there.
 */
function mayRunGraphs(): boolean {
  return isNative() && !isDifferentiated() && !isBeingRecorded();
}
