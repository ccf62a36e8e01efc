/**
 * Notes the effects of a call, so that they can be undone: variables that it changes or creates,
 * and optimizers' step counts. Also notes the outside tensors that it uses.
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import { registeredVariables } from "../native/native_backend.ts";
import { describePlace, here } from "./place.ts";
import { replaceMethod } from "./replace_method.ts";

/** The parts of tfjs' engine (engine.js) through which every kernel and every new variable goes. */
interface Engine {
  runKernelFunc(this: Engine, kernel: { readonly inputs: Inputs }): unknown;
  makeVariable(this: Engine, ...args: unknown[]): tf.Variable;
  keep(this: Engine, tensor: tf.Tensor): tf.Tensor;
  nextTensorId(): number;
}

type Inputs = Readonly<Record<string, unknown>> | readonly unknown[];

/** The fields that all optimizers of tfjs have in common (optimizer.js). */
export interface Counting {
  iterations_?: number | null;
}

interface CountingSteps extends Counting {
  incrementIterations(this: CountingSteps): void;
}

/** The parts of tfjs' recurrent layers (layers/recurrent.js) that are used here. */
interface Recurrent {
  readonly name: string;
  readonly stateful: boolean;
  call(this: Recurrent, inputs: unknown, args: unknown): unknown;
}

export class CallEffects {
  /** Every variable that existed before the call. */
  readonly variables = registeredVariables();
  /** The number of steps that the call took with each optimizer. */
  readonly steps = new Map<tf.Optimizer, number>();
  /** The ids of outside tensors that the call used. */
  readonly surroundings = new Set<number>();
  readonly #before = this.variables.map((variable) => variable.clone());
  readonly #kept = new Set<tf.Tensor>();
  readonly #made: { variable: tf.Variable; initial: tf.Tensor }[] = [];
  readonly #iterations = new Map<Counting, number | null | undefined>();
  readonly #given: ReadonlySet<number>;
  readonly #earlier: number;
  readonly #first: number;

  /**
   * @param given tensors that the caller made for the call
   * @param earlier the lowest id that a tensor of an earlier run of the same call can have
   */
  constructor(given: readonly tf.Tensor[], earlier?: number) {
    this.#given = new Set(given.map(({ id }) => id));
    this.#first = engine().nextTensorId();
    this.#earlier = earlier ?? this.#first;
  }

  /** The lowest id that a tensor of the call can have. */
  get firstId(): number {
    return this.#first;
  }

  /** True if variables that the call created still exist. */
  get madeVariables(): boolean {
    return this.#made.some(({ variable }) => !variable.isDisposed);
  }

  /** Runs the call and notes its effects. */
  watch<T>(call: () => T): T {
    const undo = [
      this.#watchKernels(),
      this.#watchVariables(),
      this.#watchKept(),
      this.#watchOptimizers(),
      refuseStatefulLayers(),
    ];
    try {
      return call();
    } finally {
      for (const one of undo) one();
    }
  }

  /**
   * Restores variables to their values before the call; variables that the call created keep their
   * first values.
   */
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

  /** Restores optimizers' step counts to those before the call. */
  takeBackSteps(): void {
    for (const [optimizer, iterations] of this.#iterations) {
      // An optimizer that never took a step has no count.
      if (iterations === undefined) delete optimizer.iterations_;
      else optimizer.iterations_ = iterations;
    }
  }

  /**
   * Returns the tensors that the call keeps beyond its end (tf.keep). Runs of a graph do not change
   * them.
   *
   * @param isComputed returns whether a tensor differs from call to call; other tensors may be kept
   */
  staleTensors(isComputed: (tensor: tf.Tensor) => boolean): tf.Tensor[] {
    return [...this.#kept].filter((tensor) =>
      !tensor.isDisposed && !(tensor instanceof tf.Variable) &&
      (tensor.id >= this.#first || this.#given.has(tensor.id)) &&
      isComputed(tensor)
    );
  }

  /** Frees the copies that were kept for undoing the call. */
  dispose(): void {
    tf.dispose([...this.#before, ...this.#made.map(({ initial }) => initial)]);
  }

  /** @throws {CompileError} when the call disposed of a variable, which no graph can do */
  requireVariables(): void {
    const disposed = this.variables.find(({ isDisposed }) => isDisposed);
    if (!disposed) return;
    throw new CompileError(
      `A compiled function disposed of the variable '${disposed.name}'. Do so outside: a graph cannot.`,
    );
  }

  #watchKernels(): () => void {
    const note = (inputs: Inputs) => {
      for (const input of Object.values(inputs)) this.#noteInput(input);
    };
    return replaceMethod(
      engine(),
      "runKernelFunc",
      (original) =>
        function (this: Engine, kernel) {
          note(kernel.inputs);
          return original.call(this, kernel);
        },
    );
  }

  #noteInput(input: unknown): void {
    if (!(input instanceof tf.Tensor)) return;
    const { id } = input;
    if (id >= this.#first || this.#given.has(id)) return;
    this.surroundings.add(id);
    if (id >= this.#earlier && !this.variables.includes(input as tf.Variable)) {
      throw new CompileError(
        "A compiled function used a tensor that an earlier call of it had " +
          `made,${describePlace(here())}. A graph keeps nothing from one call to the next but ` +
          "variables: keep it in a tf.variable, make it outside " +
          "once, or return it and hand it in again.",
      );
    }
  }

  #watchVariables(): () => void {
    const made = this.#made;
    return replaceMethod(
      engine(),
      "makeVariable",
      (original) =>
        function (this: Engine, ...args) {
          const variable = original.apply(this, args);
          made.push({ variable, initial: tf.keep(variable.clone()) });
          return variable;
        },
    );
  }

  #watchKept(): () => void {
    const kept = this.#kept;
    return replaceMethod(
      engine(),
      "keep",
      (original) =>
        function (this: Engine, tensor) {
          kept.add(tensor);
          return original.call(this, tensor);
        },
    );
  }

  #watchOptimizers(): () => void {
    const { steps } = this;
    const iterations = this.#iterations;
    const prototype = tf.Optimizer.prototype as unknown as CountingSteps;
    return replaceMethod(
      prototype,
      "incrementIterations",
      (original) =>
        function (this: CountingSteps) {
          const optimizer = this as unknown as tf.Optimizer;
          if (!iterations.has(this)) iterations.set(this, this.iterations_);
          steps.set(optimizer, (steps.get(optimizer) ?? 0) + 1);
          original.call(this);
        },
    );
  }
}

/** Refuses stateful layers, which keep their state in JavaScript tensors. */
function refuseStatefulLayers(): () => void {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const { prototype } = classNameMap["RNN"][0] as unknown as {
    prototype: Recurrent;
  };
  return replaceMethod(
    prototype,
    "call",
    (original) =>
      function (this: Recurrent, inputs, args) {
        if (this.stateful) {
          throw new CompileError(
            `A compiled function applied '${this.name}', a recurrent layer with \`stateful: true\`. It keeps its state as ` +
              "tensors in JavaScript, which no graph would see change. Take a layer with `returnState: true`, hand the " +
              "state in as an argument (`initialState`), and return the new one.",
          );
        }
        return original.call(this, inputs, args);
      },
  );
}

function engine(): Engine {
  return tf.engine() as unknown as Engine;
}
