/**
 * Puts off the operations of a traced call. A trace needs the shapes of all tensors, but hardly
 * ever their values, so most operations never have to run: their outputs get numbers that identify
 * them, and shapes from {@linkcode inferOutputs}. An operation runs only if its shapes cannot be
 * inferred, if such an operation uses its outputs, or if a tensor that it makes outlives the call,
 * as new variables do.
 */
import type * as tf from "@tensorflow/tfjs";
import type { Binding, NativeBackend, OutputMetadata } from "../../native/native_backend.ts";
import { inferOutputs, type KnownInput, type TensorType } from "./infer_outputs.ts";
import {
  type CalledOperation,
  FIRST_OUTPUT,
  isOutputNumber,
  type OperationSource,
} from "../operation_source.ts";
import { replaceMethod } from "../replace_method.ts";

/** An operation that has not run. Its inputs may be outputs of other deferred operations. */
interface Deferred {
  readonly operation: CalledOperation;
  /** The numbers that identify its outputs. */
  readonly outputs: readonly number[];
}

/** If a constant has more values than this, then it names no shape, axes or the like. */
const MOST_VALUES = 16;

export class DeferredOperations implements OperationSource {
  readonly #backend: NativeBackend;
  readonly #binding: Binding;
  /** Maps the number of an output to the operation that makes it. */
  readonly #deferred = new Map<number, Deferred>();
  /** Maps the number of an output to the native tensor with its value, if it was computed. */
  readonly #computed = new Map<number, number>();
  /** What is known of the tensors that the call made. */
  readonly #known = new Map<number, KnownInput>();
  /** The native tensors that deferred operations use. */
  readonly #used = new Set<number>();
  /** The tensors in `#used` that tfjs has deleted. */
  readonly #deleted: number[] = [];
  /** The data of all tensors that the call made. */
  readonly #made: tf.DataId[] = [];
  #next = FIRST_OUTPUT;

  constructor(backend: NativeBackend) {
    this.#backend = backend;
    this.#binding = backend.binding;
  }

  /**
   * Makes a call during which operations may be deferred. After the call, the tensors that still
   * exist are computed.
   */
  during<T>(call: () => T): T {
    const backend = this.#backend;
    backend.binding = this.#standIn();
    const restore = [
      replaceMethod(backend, "createOutputTensor", (original) => (metadata) => {
        const tensor = original.call(backend, metadata);
        this.#made.push(tensor.dataId);
        return tensor;
      }),
      // Tensors that JavaScript wrote may get outputs as their data, see `redraw`.
      replaceMethod(backend, "write", (original) => (...args) => {
        const dataId = original.apply(backend, args);
        this.#made.push(dataId);
        return dataId;
      }),
    ];
    try {
      return call();
    } finally {
      try {
        this.#computeRemaining();
      } finally {
        for (const one of restore) one();
        backend.binding = this.#binding;
        this.#free();
      }
    }
  }

  /** Runs an operation, or defers it. */
  run(
    operation: CalledOperation,
    typeOf: (position: number) => TensorType | undefined,
  ): OutputMetadata[] {
    const inputs = operation.inputs.map((id, i) => this.#known.get(id) ?? typeOf(i));
    const types = inputs.every((input) => input !== undefined)
      ? inferOutputs({ ...operation, inputs })
      : undefined;
    const made = types ? this.#defer(operation, types) : this.#runNow(operation);
    for (const { id, shape, dtype } of made) this.#known.set(id, { shape, dtype });
    return made;
  }

  compute(id: number): number {
    if (!isOutputNumber(id)) return id;
    this.#computeAll([id]);
    return this.#computed.get(id)!;
  }

  /** Does nothing: this is the call that later runs are compared with. */
  requireEnd(): void {}

  #defer(operation: CalledOperation, types: readonly TensorType[]): OutputMetadata[] {
    const made = types.map(({ shape, dtype }) => ({ id: this.#next--, shape: [...shape], dtype }));
    const deferred = { operation, outputs: made.map(({ id }) => id) };
    for (const id of operation.inputs) if (!isOutputNumber(id)) this.#used.add(id);
    for (const id of deferred.outputs) this.#deferred.set(id, deferred);
    return made;
  }

  #runNow(operation: CalledOperation): OutputMetadata[] {
    this.#computeAll(operation.inputs);
    return this.#execute(operation);
  }

  /** Runs an operation whose inputs have been computed. */
  #execute({ name, attributes, inputs, outputs }: CalledOperation): OutputMetadata[] {
    const natives = inputs.map((id) => this.#computed.get(id) ?? id);
    return this.#binding.executeOp(name, attributes, natives, outputs);
  }

  /** Computes the outputs among these numbers, and keeps all that it computes for later. */
  #computeAll(ids: readonly number[]): void {
    for (const deferred of this.#needed(ids)) this.#compute(deferred);
  }

  #compute({ operation, outputs }: Deferred): void {
    const made = this.#execute(operation);
    made.forEach(({ id }, i) => this.#computed.set(outputs[i], id));
  }

  /** Returns the operations that must run before these outputs are known, in order. */
  #needed(ids: readonly number[]): Deferred[] {
    const needed = new Set<Deferred>();
    const open = [...ids];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const deferred = this.#computed.has(id) ? undefined : this.#deferred.get(id);
      if (!deferred || needed.has(deferred)) continue;
      needed.add(deferred);
      open.push(...deferred.operation.inputs);
    }
    // The numbers of an operation's outputs are below those of its inputs.
    return [...needed].toSorted((a, b) => b.outputs[0] - a.outputs[0]);
  }

  /** Computes the tensors that still exist, and gives them to tfjs. */
  #computeRemaining(): void {
    const { tensorMap } = this.#backend;
    const entries = this.#made
      .filter((dataId) => tensorMap.has(dataId))
      .map((dataId) => tensorMap.get(dataId))
      .filter(({ id }) => this.#deferred.has(id));
    const remaining = entries.map(({ id }) => id);
    const needed = this.#needed(remaining);
    const uses = countEach([...needed.flatMap(({ operation }) => operation.inputs), ...remaining]);
    for (const deferred of needed) {
      this.#compute(deferred);
      // What no later operation uses is freed at once, as tfjs would have done.
      const made = deferred.outputs.filter((id) => !uses.has(id));
      const used = deferred.operation.inputs.filter((id) => takeOne(uses, id) === 0);
      for (const id of [...made, ...used]) this.#forget(id);
    }
    for (const entry of entries) {
      const { id } = entry;
      entry.id = this.#computed.get(id)!;
      this.#computed.delete(id);
    }
  }

  #forget(id: number): void {
    const native = this.#computed.get(id);
    if (native === undefined) return;
    this.#binding.deleteTensor(native);
    this.#computed.delete(id);
  }

  /** Frees the native tensors that tfjs does not know or has deleted. */
  #free(): void {
    for (const id of [...this.#computed.values(), ...this.#deleted]) this.#binding.deleteTensor(id);
  }

  /** Returns the stand-in for the binding, which keeps the tensors that are needed later. */
  #standIn(): Binding {
    const binding = this.#binding;
    const overrides: Partial<Binding> = {
      createTensor: (
        shape: number[],
        dtype: number,
        values: tf.backend_util.BackendValues,
      ) => {
        const id = binding.createTensor(shape, dtype, values);
        const isSmall = values.length <= MOST_VALUES && !Array.isArray(values);
        this.#known.set(id, { shape, dtype, values: isSmall ? [...values] : undefined });
        return id;
      },
      deleteTensor: (id: number) => {
        if (this.#used.has(id)) this.#deleted.push(id);
        else binding.deleteTensor(id);
      },
    };
    return Object.create(binding, Object.getOwnPropertyDescriptors(overrides));
  }
}

function countEach(ids: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Lowers a count by one, and returns it. */
function takeOne(counts: Map<number, number>, id: number): number {
  const count = counts.get(id)! - 1;
  counts.set(id, count);
  return count;
}
