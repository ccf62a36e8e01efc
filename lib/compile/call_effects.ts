/**
 * Records the effects of a call, so that they can be undone. The effects are assignments to
 * variables, new variables and changes to the step counts of optimizers.
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import { registeredVariables } from "../native/native_backend.ts";
import { describePlace, here } from "./place.ts";
import { replaceMethod } from "./replace_method.ts";

/**
 * The methods of tfjs' engine (engine.js) that {@linkcode CallEffects} uses. Every kernel runs
 * through `runKernelFunc`, and every new variable is made by `makeVariable`.
 */
interface Engine {
  runKernelFunc(this: Engine, kernel: { readonly inputs: Inputs }): unknown;
  makeVariable(this: Engine, ...args: unknown[]): tf.Variable;
  keep(this: Engine, tensor: tf.Tensor): tf.Tensor;
  nextTensorId(): number;
}

type Inputs = Readonly<Record<string, unknown>> | readonly unknown[];

/** The field in which a tfjs optimizer counts its steps (optimizer.js). */
export interface Counting {
  iterations_?: number | null;
}

interface CountingSteps extends Counting {
  incrementIterations(this: CountingSteps): void;
}

/** The parts of a recurrent tfjs layer that are used here (layers/recurrent.js). */
interface Recurrent {
  readonly name: string;
  readonly stateful: boolean;
  call(this: Recurrent, inputs: unknown, args: unknown): unknown;
}

export class CallEffects {
  readonly variables = registeredVariables();
  /** Maps each optimizer to the number of steps that it took during the call. */
  readonly steps = new Map<tf.Optimizer, number>();
  /**
   * The ids of the tensors that the call used but did not make. The tensors that replace the call's
   * arguments are not included.
   */
  readonly surroundings = new Set<number>();
  readonly #before = this.variables.map((variable) => variable.clone());
  readonly #kept = new Set<tf.Tensor>();
  readonly #made: { variable: tf.Variable; initial: tf.Tensor }[] = [];
  readonly #iterations = new Map<Counting, number | null | undefined>();
  readonly #given: ReadonlySet<number>;
  readonly #earlier: number;
  readonly #first: number;

  /**
   * @param given the tensors that replace the call's arguments
   * @param earlier the {@linkcode firstId} of an earlier run of the same call
   */
  constructor(given: readonly tf.Tensor[], earlier?: number) {
    this.#given = new Set(given.map(({ id }) => id));
    this.#first = engine().nextTensorId();
    this.#earlier = earlier ?? this.#first;
  }

  /** The lowest id that a tensor made by the call can have. */
  get firstId(): number {
    return this.#first;
  }

  /** True if a variable that the call created still exists. */
  get madeVariables(): boolean {
    return this.#made.some(({ variable }) => !variable.isDisposed);
  }

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
   * Gives each variable the value that it had before the call. A variable that the call created is
   * reset to its initial value.
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

  /** Restores the step counts that the optimizers had before the call. */
  takeBackSteps(): void {
    for (const [optimizer, iterations] of this.#iterations) {
      // An optimizer that has never taken a step lacks the field `iterations_`.
      if (iterations === undefined) delete optimizer.iterations_;
      else optimizer.iterations_ = iterations;
    }
  }

  /**
   * Returns the tensors that the call kept with tf.keep. Later runs of the graph would not update
   * these tensors.
   *
   * @param isComputed a function that returns whether a tensor can differ from call to call
   */
  staleTensors(isComputed: (tensor: tf.Tensor) => boolean): tf.Tensor[] {
    return [...this.#kept].filter((tensor) =>
      !tensor.isDisposed && !(tensor instanceof tf.Variable) &&
      (tensor.id >= this.#first || this.#given.has(tensor.id)) &&
      isComputed(tensor)
    );
  }

  dispose(): void {
    tf.dispose([...this.#before, ...this.#made.map(({ initial }) => initial)]);
  }

  /** @throws {CompileError} when the call disposed of a variable */
  requireVariables(): void {
    const disposed = this.variables.find(({ isDisposed }) => isDisposed);
    if (!disposed) return;
    throw new CompileError(
      `A compiled function disposed of the variable '${disposed.name}'. Do this outside: a graph cannot.`,
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
        "A compiled function used a tensor that an earlier call had " +
          `made,${describePlace(here())}. Between calls a graph keeps only ` +
          "variables: keep the tensor in a tf.variable, make it once outside the " +
          "function, or return it and pass it in again.",
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

/**
 * Makes recurrent layers with `stateful: true` throw an error when they are called. Such a layer
 * keeps its state in JavaScript tensors, which a graph cannot change.
 */
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
            `A compiled function applied '${this.name}', a recurrent layer with \`stateful: true\`. Its state is held in ` +
              "JavaScript tensors, so a graph would never see it change. Use a layer with `returnState: true`, pass the " +
              "state in as an argument (`initialState`), and return the new state.",
          );
        }
        return original.call(this, inputs, args);
      },
  );
}

function engine(): Engine {
  return tf.engine() as unknown as Engine;
}
