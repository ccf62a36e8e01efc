/**
 * Records the operations of a call as the nodes of a graph. While the call is traced, a stand-in
 * replaces tfjs-node's binding. Every kernel calls `binding.executeOp`, and the stand-in records
 * the operation as a node. Most operations do not run, because the shapes of their outputs can be
 * inferred. tfjs-node never uses the number of a native tensor twice, so the number identifies an
 * output of a node.
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import type { Attribute, GraphNode } from "./graph_def.ts";
import { constantNode } from "./make_nodes.ts";
import { isDraw, MOST_NUMBERS, refuseData, watchRandomness } from "./frozen_values.ts";
import { convertAttribute, inferAttributes, toConstant, toNumbers } from "./graph_values.ts";
import {
  type Binding,
  type NativeBackend,
  nativeBackend,
  type OperationAttribute,
  type OutputMetadata,
} from "../native/native_backend.ts";
import { handleOf, type InPlaceOperation, InPlaceUpdates } from "./in_place_updates.ts";
import { describePlace, here, type Place } from "./place.ts";
import { replaceMultinomial } from "./random/draw_multinomial.ts";
import { redraw } from "./random/draw_tensor.ts";
import type { Draws } from "./random/draws.ts";
import { DrawWatch } from "./random/watch_draws.ts";
import type { TensorType } from "./deferred/infer_outputs.ts";
import type { OperationSource } from "./operation_source.ts";
import type { RehearsedOperations } from "./rehearsal.ts";
import type { RecordedCall, TracedCapture } from "./traced_call.ts";

/**
 * The number of stack frames to keep. This is enough to find the line that called an operation.
 */
const STACK_DEPTH = 60;

export interface TraceRecorderOptions {
  readonly backend: NativeBackend;
  /**
   * The tensors that replace the call's arguments, in the same order. The entry of a pinned or
   * repeated argument is undefined.
   */
  readonly args: readonly (tf.Tensor | undefined)[];
  readonly variables: readonly tf.Variable[];
  readonly draws: Draws;
  /**
   * True if the source line of each operation is recorded. Recording the line takes as long as
   * running the operation.
   */
  readonly notesLines: boolean;
  /** Provides the outputs of the call's operations. */
  readonly operations: OperationSource;
}

export class TraceRecorder {
  readonly #backend: NativeBackend;
  readonly #binding: Binding;
  readonly #args: readonly (tf.Tensor | undefined)[];
  readonly #variables: readonly tf.Variable[];
  readonly #draws: Draws;
  readonly #notesLines: boolean;
  readonly #operations: OperationSource;
  readonly #ran: RehearsedOperations = [];
  readonly #watch = new DrawWatch();
  readonly #variableIds: ReadonlyMap<number, number>;
  readonly #initialIds: readonly number[];
  readonly #nodes: GraphNode[] = [];
  /**
   * Maps the name of a node to the place in the source code from which its operation was called.
   */
  readonly #places = new Map<string, Place>();
  /** Maps the number of a native tensor to the tensor's name in the graph (`node:output`). */
  readonly #tensors = new Map<number, string>();
  readonly #shapes = new Map<string, readonly number[]>();
  readonly #reads = new Map<number, string>();
  readonly #updates = new InPlaceUpdates();
  readonly #captured: TracedCapture[] = [];
  readonly #constants = new Set<string>();
  /**
   * Maps a data id to the place in the source code where the data was made. The map contains only
   * data that JavaScript made during the call.
   */
  readonly #made = new WeakMap<tf.DataId, Place>();
  /** The first reason why the call cannot become a graph. */
  #refusal: CompileError | undefined;
  #inputs: readonly tf.TensorInfo[] = [];
  /** True while operations run without being recorded. */
  #suspended = false;
  /**
   * True while tfjs-node's GatherV2 kernel, which reads its indices only to check them, is running.
   * Such a read is allowed, because TensorFlow repeats the check in each run of the graph.
   */
  #checks = false;

  constructor(
    { backend, args, variables, draws, notesLines, operations }: TraceRecorderOptions,
  ) {
    this.#operations = operations;
    this.#draws = draws;
    this.#notesLines = notesLines;
    this.#backend = backend;
    this.#binding = backend.binding;
    this.#args = args;
    this.#variables = variables;
    this.#initialIds = variables.map((variable) => backend.tensorMap.get(variable.dataId).id);
    this.#variableIds = new Map(this.#initialIds.map((id, i) => [id, i]));
    args.forEach((arg, i) => {
      if (!arg) return;
      const name = `argument${i}`;
      this.#tensors.set(backend.tensorMap.get(arg.dataId).id, name);
      this.#shapes.set(name, arg.shape);
    });
  }

  /** The operations that have run so far, including those that were not recorded. */
  get ran(): RehearsedOperations {
    return this.#ran;
  }

  record(call: () => tf.Tensor[]): tf.Tensor[] {
    const backend = this.#backend;
    const { getInputTensorIds, readSync, write } = backend;
    backend.binding = this.#standIn();
    backend.getInputTensorIds = (tensors) => {
      this.#inputs = tensors;
      for (const tensor of tensors) if (tensor.dataId) this.#idOf(tensor);
      return getInputTensorIds.call(backend, tensors);
    };
    backend.write = (values, shape, dtype) => {
      const dataId = write.call(backend, values, shape, dtype);
      const drawing = this.#watch.takeDrawing(shape, dtype);
      if (drawing) redraw(dataId, drawing, this.#draws);
      else this.#made.set(dataId, this.#here(tf.util.sizeFromShape(shape)));
      return dataId;
    };
    // This function refuses to read random numbers that tfjs drew with the caller's seed. The
    // stand-in cannot refuse this, because tfjs does not call the binding for data that JavaScript
    // made.
    backend.readSync = (dataId) => {
      const place = this.#made.get(dataId);
      if (place && isDraw(place)) throw this.#refuseReading();
      return readSync.call(backend, dataId);
    };
    // tfjs calls many nested functions before it calls an operation, so the default number of stack
    // frames would not be enough.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = STACK_DEPTH;
    const gather = tf.getKernel("GatherV2", "tensorflow");
    const { kernelFunc } = gather;
    gather.kernelFunc = (args) => {
      this.#checks = true;
      try {
        return kernelFunc(args);
      } finally {
        this.#checks = false;
      }
    };
    const restoreMultinomial = replaceMultinomial(this.#draws);
    try {
      return watchRandomness(
        () => here(),
        ({ functions }) => this.#watch.asksForSeed(functions),
        (refusal) => this.#refusal ??= refusal,
        () => this.#watch.during(() => this.#draws.during(call)),
      );
    } finally {
      restoreMultinomial();
      gather.kernelFunc = kernelFunc;
      Error.stackTraceLimit = stackTraceLimit;
      backend.binding = this.#binding;
      backend.getInputTensorIds = getInputTensorIds;
      backend.readSync = readSync;
      backend.write = write;
    }
  }

  /** @throws {CompileError} when the call cannot become a graph */
  finish(results: readonly tf.Tensor[]): RecordedCall {
    if (this.#refusal) throw this.#refusal;
    this.#operations.requireEnd();
    const assigned = this.#variables.map((variable, i) => {
      const id = this.#idOf(variable);
      // A variable that was changed in place counts as assigned, even if its value at the end is
      // the value that it had at the start.
      return id === this.#initialIds[i] && !this.#updates.of(i)
        ? undefined
        : this.#tensorOf(id, variable);
    });
    const traced = results.map((result) => {
      const { dtype } = this.#backend.tensorMap.get(result.dataId);
      return {
        tensor: this.#tensorOf(this.#idOf(result), result),
        dataType: dtype,
        shape: result.shape,
      };
    });
    const variables = this.#variables
      .map((variable, i) => ({
        variable,
        handle: handleOf(i),
        read: this.#reads.get(i),
        assigned: assigned[i],
        updated: this.#updates.of(i),
      }))
      .filter(({ read, assigned }) => read !== undefined || assigned !== undefined);
    if (this.#refusal) throw this.#refusal;
    return {
      nodes: this.#nodes,
      shapes: this.#shapes,
      arguments: this.#args.flatMap((arg, position) =>
        arg ? [{ node: `argument${position}`, position, ...this.#typeOf(arg) }] : []
      ),
      captured: this.#captured,
      variables,
      results: traced,
      placeOf: (node) => this.#places.get(node),
    };
  }

  /**
   * Returns whether a tensor was computed in the call, or is the value of a variable or argument.
   */
  isComputed(tensor: tf.Tensor): boolean {
    const name = this.#tensors.get(this.#idOf(tensor));
    return name !== undefined && !this.#constants.has(name);
  }

  /**
   * Records operations that change variables in place. The operations themselves do not run.
   *
   * @param run changes the variables in the same way, with tfjs operations that are not recorded
   */
  updateInPlace(
    updates: readonly InPlaceOperation[],
    run: () => void,
  ): void {
    const known = updates.every(({ variables }) =>
      variables.every((variable) => this.#variables.includes(variable))
    );
    // One of the variables was created during the call, so the call will not get a trace.
    if (!known) return run();
    const changed = updates.flatMap((update) => this.#addUpdate(update));
    this.#suspended = true;
    try {
      run();
    } finally {
      this.#suspended = false;
    }
    for (const index of changed) {
      const variable = this.#variables[index];
      const { value } = this.#updates.of(index)!;
      this.#tensors.set(this.#idOf(variable), value);
      this.#shapes.set(value, variable.shape);
    }
  }

  /**
   * Adds the nodes of an in-place update, and returns the indices of the variables that it changes.
   */
  #addUpdate({ operation, variables, inputs }: InPlaceOperation): number[] {
    const [values, tensors] = [variables, inputs].map((list) =>
      list.map((tensor) => this.#tensorOf(this.#idOf(tensor), tensor))
    );
    const indices = variables.map((variable) => this.#variables.indexOf(variable));
    const nodes = this.#updates.add(
      this.#nodes,
      operation,
      indices.map((index, i) => ({
        index,
        value: values[i],
        read: this.#reads.get(index),
      })),
      tensors,
    );
    this.#nodes.push(...nodes);
    for (const { name } of nodes) this.#places.set(name, this.#here());
    return indices;
  }

  /**
   * Returns the stand-in for the binding. Its functions record operations and constants, and throw
   * an error for what a graph cannot do.
   */
  #standIn(): Binding {
    const binding = this.#binding;
    const overrides: Partial<Binding> = {
      executeOp: (
        name: string,
        attributes: OperationAttribute[],
        inputs: number[],
        outputs: number,
      ) => {
        const metadata = this.#execute(name, attributes, inputs, outputs);
        if (!this.#suspended) {
          this.#addOperation(name, attributes, inputs, metadata);
        }
        return metadata;
      },
      createTensor: (
        shape: number[],
        dataType: number,
        values: tf.backend_util.BackendValues,
      ) => {
        const id = binding.createTensor(shape, dataType, values);
        if (!this.#suspended) {
          this.#addConstant(id, shape, dataType, values, this.#here(values.length));
        }
        return id;
      },
      tensorDataSync: (id: number) => {
        if (this.#checks) return this.#readToCheck(id);
        throw this.#refuseReading();
      },
      runSavedModel: () => {
        throw new CompileError(
          "A compiled function called another one. Call the original of the other function instead.",
        );
      },
    };
    // The properties of the real binding are read-only, so they are redefined instead of assigned.
    return Object.create(binding, Object.getOwnPropertyDescriptors(overrides));
  }

  #execute(
    name: string,
    attributes: OperationAttribute[],
    inputs: number[],
    outputs: number,
  ): OutputMetadata[] {
    const metadata = this.#operations.run(
      { name, attributes, inputs, outputs },
      (position) => this.#inputType(inputs[position], position),
    );
    this.#ran.push({ operation: name, outputs: metadata, node: this.#nextName(name) });
    return metadata;
  }

  /** Returns the type of an operation's input, if the tensor at this position is that input. */
  #inputType(id: number, position: number): TensorType | undefined {
    const tensor = this.#inputs.at(position);
    if (!tensor?.dataId) return undefined;
    const { id: found, shape, dtype } = this.#backend.tensorMap.get(tensor.dataId);
    return found === id ? { shape, dtype } : undefined;
  }

  /** Returns the indices that GatherV2 checks, or none if they are not computed. */
  #readToCheck(id: number): ReturnType<Binding["tensorDataSync"]> {
    const computed = this.#operations.compute(id);
    return computed === undefined ? new Int32Array(0) : this.#binding.tensorDataSync(computed);
  }

  /**
   * Returns the error for a call that reads a tensor's data. The error is also stored and thrown
   * again at the end of the call, because the method `data` hides it in a promise.
   */
  #refuseReading(): CompileError {
    return this.#refusal ??= new CompileError(
      "A compiled function read a tensor's data (data, dataSync, array, print, " +
        `…)${describePlace(here())}. There is no data while the graph is built: return the ` +
        "tensor, and read it outside.",
    );
  }

  /** Returns the name of the next node. */
  #nextName(operation: string): string {
    return `${operation}_${this.#nodes.length}`;
  }

  #addOperation(
    operation: string,
    attributes: readonly OperationAttribute[],
    inputs: number[],
    outputs: readonly OutputMetadata[],
  ): void {
    const name = this.#nextName(operation);
    const tensors = inputs.map((id, i) => this.#tensorOf(id, this.#inputs[i]));
    const converted: Record<string, Attribute> = {};
    for (const attribute of attributes) {
      converted[attribute.name] = convertAttribute(this.#binding, operation, attribute);
    }
    inferAttributes(operation, (i) => this.#typeOf(this.#inputs[i]).dataType, converted);
    this.#nodes.push({ name, operation, inputs: tensors, attributes: converted });
    outputs.forEach(({ id, shape }, i) => {
      const tensor = i === 0 ? name : `${name}:${i}`;
      this.#tensors.set(id, tensor);
      this.#shapes.set(tensor, shape);
    });
    this.#places.set(name, this.#here());
  }

  #addConstant(
    id: number,
    shape: readonly number[],
    dataType: number,
    data: tf.backend_util.BackendValues,
    place: Place,
  ): void {
    const values = toNumbers(data);
    const constant = toConstant(shape, dataType, values);
    this.#refusal ??= refuseData(constant, values, place);
    const name = `Const_${this.#nodes.length}`;
    this.#constants.add(name);
    this.#nodes.push(constantNode(name, constant));
    this.#tensors.set(id, name);
    this.#places.set(name, place);
  }

  /**
   * Returns the name of a native tensor in the graph. If the tensor has no name yet, then it is a
   * variable or a captured tensor, and it gets a name.
   */
  #tensorOf(id: number, tensor: tf.TensorInfo | undefined): string {
    const known = this.#tensors.get(id);
    if (known !== undefined) return known;
    const name = this.#readVariable(id) ?? this.#capture(tensor);
    if (tensor) this.#shapes.set(name, this.#typeOf(tensor).shape);
    this.#tensors.set(id, name);
    return name;
  }

  #readVariable(id: number): string | undefined {
    const index = this.#variableIds.get(id);
    if (index === undefined) return undefined;
    const name = `read${index}`;
    this.#reads.set(index, name);
    return name;
  }

  #capture(tensor: tf.TensorInfo | undefined): string {
    if (!tensor) {
      throw new CompileError(
        "A compiled function used a native tensor that tfjs does not know.",
      );
    }
    const node = `captured${this.#captured.length}`;
    this.#captured.push({
      node,
      dataId: tensor.dataId,
      ...this.#typeOf(tensor),
    });
    return node;
  }

  /**
   * @param numbers the number of values that JavaScript passes to TensorFlow, or 0 for an operation
   */
  #here(numbers = 0): Place {
    if (!this.#notesLines) return here("none");
    return here(numbers > MOST_NUMBERS ? "exact" : "shared");
  }

  #typeOf(
    tensor: tf.TensorInfo,
  ): { shape: readonly number[]; dataType: number } {
    const { dtype, shape } = this.#backend.tensorMap.get(tensor.dataId);
    return { shape: [...shape], dataType: dtype };
  }

  /**
   * Returns the number of the native tensor that holds a tensor's data. If the data is still in
   * JavaScript, then a native tensor is created. If JavaScript made this data during the call, then
   * it becomes a constant of the graph.
   */
  #idOf({ dataId }: tf.TensorInfo): number {
    const entry = this.#backend.tensorMap.get(dataId);
    if (entry.values === null) return entry.id;
    const { shape, dtype, values } = entry;
    entry.id = this.#binding.createTensor(shape, dtype, values);
    entry.values = null;
    const place = this.#made.get(dataId);
    if (place && !this.#suspended) {
      this.#addConstant(entry.id, shape, dtype, values, place);
    }
    return entry.id;
  }
}

/**
 * Returns whether a call is being traced. In this case the binding is a stand-in, and the real
 * binding is its prototype.
 */
export function isBeingRecorded(): boolean {
  const behind: unknown = Object.getPrototypeOf(nativeBackend().binding);
  return typeof (behind as Partial<Binding> | null)?.executeOp === "function";
}
