/**
 * What a call does beside TensorFlow's operations, noted while it runs, so that it can be taken back: variables that it
 * changes and makes, optimizers' counts of their steps. And which tensors from outside it uses.
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import { registeredVariables } from "./native_backend.ts";
import { describePlace, here } from "./place.ts";

/** The parts of tfjs' engine (engine.js) through which every kernel and every new variable goes. */
interface Engine {
  runKernelFunc(kernel: { readonly inputs: Inputs }): unknown;
  makeVariable(...args: unknown[]): tf.Variable;
  nextTensorId(): number;
}

type Inputs = Readonly<Record<string, unknown>> | readonly unknown[];

/** tfjs' optimizers, as far as all of them are the same (optimizer.js). */
export interface Counting {
  iterations_?: number | null;
}

/** What is used of tfjs' recurrent layers (layers/recurrent.js). */
interface Recurrent extends tf.layers.Layer {
  readonly stateful: boolean;
}

export class CallEffects {
  /** Every variable that there was before the call. */
  readonly variables = registeredVariables();
  /** How many steps the call took with each optimizer. */
  readonly steps = new Map<tf.Optimizer, number>();
  /** The ids of tensors from outside that the call used. */
  readonly surroundings = new Set<number>();
  readonly #before = this.variables.map((variable) => variable.clone());
  readonly #made: { variable: tf.Variable; initial: tf.Tensor }[] = [];
  readonly #iterations = new Map<Counting, number | null | undefined>();
  readonly #given: ReadonlySet<number>;
  readonly #earlier: number;
  readonly #first: number;

  /**
   * @param given tensors that were made for the call
   * @param earlier the first id of a tensor that an earlier run of the same call may have made
   */
  constructor(given: readonly tf.Tensor[], earlier?: number) {
    this.#given = new Set(given.map(({ id }) => id));
    this.#first = engine().nextTensorId();
    this.#earlier = earlier ?? this.#first;
  }

  /** The first id of a tensor that the call may have made. */
  get firstId(): number {
    return this.#first;
  }

  /** Whether the call made variables that are still there. */
  get madeVariables(): boolean {
    return this.#made.some(({ variable }) => !variable.isDisposed);
  }

  /** Runs the call, and takes notes. */
  watch<T>(call: () => T): T {
    const undo = [
      this.#watchKernels(),
      this.#watchVariables(),
      this.#watchOptimizers(),
      refuseStatefulLayers(),
    ];
    try {
      return call();
    } finally {
      for (const one of undo) one();
    }
  }

  /** Makes variables as they were before the call; those that it made stay, with their first values. */
  takeBack(): void {
    this.variables.forEach((variable, i) => {
      if (variable.isDisposed) return;
      if (variable.dataId !== this.#before[i].dataId) {
        variable.assign(this.#before[i]);
      }
    });
    for (const { variable, initial } of this.#made) {
      if (!variable.isDisposed) variable.assign(initial);
    }
  }

  /** Makes optimizers' counts as they were before the call. */
  takeBackSteps(): void {
    for (const [optimizer, iterations] of this.#iterations) {
      // What never took a step has none.
      if (iterations === undefined) delete optimizer.iterations_;
      else optimizer.iterations_ = iterations;
    }
  }

  /** Frees what was kept for taking the call back. */
  dispose(): void {
    tf.dispose([...this.#before, ...this.#made.map(({ initial }) => initial)]);
  }

  /** @throws {CompileError} when the call disposed of a variable: no graph does */
  requireVariables(): void {
    const disposed = this.variables.find(({ isDisposed }) => isDisposed);
    if (!disposed) return;
    throw new CompileError(
      `A compiled function disposed of the variable '${disposed.name}'. Do so outside: a graph cannot.`,
    );
  }

  #watchKernels(): () => void {
    const own = engine();
    const { runKernelFunc } = own;
    own.runKernelFunc = (kernel) => {
      for (const input of Object.values(kernel.inputs)) this.#noteInput(input);
      return runKernelFunc.call(own, kernel);
    };
    return () => {
      own.runKernelFunc = runKernelFunc;
    };
  }

  #noteInput(input: unknown): void {
    if (!(input instanceof tf.Tensor)) return;
    const { id } = input;
    if (id >= this.#first || this.#given.has(id)) return;
    this.surroundings.add(id);
    if (id >= this.#earlier && !this.variables.includes(input as tf.Variable)) {
      throw new CompileError(
        `A compiled function used a tensor that an earlier call of it had made,${
          describePlace(here())
        }. A graph keeps nothing from one call to the next but variables: keep it in a tf.variable, make it outside ` +
          "once, or return it and hand it in again.",
      );
    }
  }

  #watchVariables(): () => void {
    const own = engine();
    const { makeVariable } = own;
    own.makeVariable = (...args) => {
      const variable = makeVariable.apply(own, args);
      this.#made.push({ variable, initial: tf.keep(variable.clone()) });
      return variable;
    };
    return () => {
      own.makeVariable = makeVariable;
    };
  }

  #watchOptimizers(): () => void {
    const prototype = tf.Optimizer.prototype as unknown as {
      incrementIterations(): void;
    };
    const { incrementIterations } = prototype;
    const { steps } = this;
    const iterations = this.#iterations;
    prototype.incrementIterations = function (this: tf.Optimizer & Counting) {
      if (!iterations.has(this)) iterations.set(this, this.iterations_);
      steps.set(this, (steps.get(this) ?? 0) + 1);
      incrementIterations.call(this);
    };
    return () => {
      prototype.incrementIterations = incrementIterations;
    };
  }
}

/** A stateful layer keeps its state as tensors in JavaScript. */
function refuseStatefulLayers(): () => void {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const { prototype } = classNameMap["RNN"][0] as unknown as {
    prototype: Recurrent;
  };
  const { call } = prototype;
  prototype.call = function (this: Recurrent, inputs, args) {
    if (this.stateful) {
      throw new CompileError(
        `A compiled function applied '${this.name}', a recurrent layer with \`stateful: true\`. It keeps its state as ` +
          "tensors in JavaScript, which no graph would see change. Take a layer with `returnState: true`, hand the " +
          "state in as an argument (`initialState`), and return the new one.",
      );
    }
    return call.call(this, inputs, args);
  };
  return () => {
    prototype.call = call;
  };
}

function engine(): Engine {
  return tf.engine() as unknown as Engine;
}
