/**
 * One call of a function, written down as a TensorFlow graph.
 *
 * Every kernel of tfjs-node ends in `binding.executeOp`. While a call is traced, a recorder stands in the binding's
 * place: each operation runs for real, so that shapes are known and the call has its effect, and becomes a node. Native
 * tensors have numbers that are never used twice, so a number says which node's output it is.
 */
import * as tf from "@tensorflow/tfjs";
import type { Attribute, Constant, GraphNode } from "./graph_def.ts";
import {
  type Binding,
  type NativeBackend,
  nativeBackend,
  type OperationAttribute,
  registeredVariables,
} from "./native_backend.ts";

/** A function that cannot be compiled. The message says what stands in the way, and what to do about it. */
export class CompileError extends Error {
  override name = "CompileError";
}

/** A tensor of a trace that comes from outside. */
export interface TracedInput {
  /** Its name among the trace's nodes. */
  readonly node: string;
  readonly shape: readonly number[];
  readonly dataType: number;
}

/** What a traced call consists of. Names are without the prefix that a program gives them. */
export interface Trace {
  readonly nodes: readonly GraphNode[];
  readonly arguments: readonly TracedInput[];
  /** Tensors that the function takes from its surroundings: they are fed at each run. */
  readonly captured: readonly (TracedInput & { readonly dataId: tf.DataId })[];
  /** Variables that are read or assigned. */
  readonly variables: readonly TracedVariable[];
  /** Which tensor each result is. */
  readonly results: readonly {
    readonly tensor: string;
    readonly dataType: number;
    readonly shape: readonly number[];
  }[];
  /** Where in the source the operation of a node stands. */
  readonly lineOf: (node: string) => string | undefined;
}

export interface TracedVariable {
  readonly variable: tf.Variable;
  /** The node that stands for its value at the start of the call; undefined when it is only assigned. */
  readonly read: string | undefined;
  /** The tensor that it is at the end of the call; undefined when it keeps its value. */
  readonly assigned: string | undefined;
}

/** More numbers than this from JavaScript, if they are not all the same, are taken for data. */
const MOST_NUMBERS = 16;

/**
 * Runs `call` once and writes it down. Then takes it back: variables are as before, and what it made is freed, so that
 * the graph may stand for this call too and no call differs from the others in its last bits.
 *
 * A call that makes variables, as an optimizer's first step does, cannot be taken back: it counts, and there is no trace.
 *
 * @param args the call's arguments, in order
 * @param call returns the results
 * @returns the trace, or the results where there is none
 * @throws {CompileError} when the call does what no graph can
 */
export function trace(
  args: readonly tf.Tensor[],
  call: () => tf.Tensor[],
): { readonly trace: Trace } | { readonly results: tf.Tensor[] } {
  const backend = nativeBackend();
  const variables = registeredVariables();
  // Data that waits to be written would otherwise be written, and recorded as a constant, in the middle of the call.
  backend.getInputTensorIds([...args, ...variables]);
  separateSharedVariables(backend, variables);
  const before = variables.map((variable) => variable.clone());
  const recorder = new Recorder(backend, args, variables);
  tf.engine().startScope("trace");
  let kept: tf.Tensor[] = [];
  try {
    const results = recorder.record(call);
    if (
      registeredVariables().some((variable) => !variables.includes(variable))
    ) {
      kept = results;
      return { results };
    }
    const trace = recorder.finish(results);
    variables.forEach((variable, i) => {
      if (variable.dataId !== before[i].dataId) variable.assign(before[i]);
    });
    return { trace };
  } finally {
    tf.engine().endScope(kept);
    tf.dispose(before);
  }
}

/** Two variables with one native tensor could not be told apart: the second one gets its own. */
function separateSharedVariables(
  backend: NativeBackend,
  variables: readonly tf.Variable[],
): void {
  const seen = new Set<number>();
  for (const variable of variables) {
    const { id, dtype } = backend.tensorMap.get(variable.dataId);
    if (seen.has(id)) {
      const attributes = [{
        name: "T",
        type: backend.binding.TF_ATTR_TYPE,
        value: dtype,
      }];
      tf.tidy(() => {
        const [copy] = backend.binding.executeOp(
          "Identity",
          attributes,
          [id],
          1,
        );
        variable.assign(backend.createOutputTensor(copy));
      });
    }
    seen.add(backend.tensorMap.get(variable.dataId).id);
  }
}

class Recorder {
  readonly #backend: NativeBackend;
  readonly #binding: Binding;
  readonly #args: readonly tf.Tensor[];
  readonly #variables: readonly tf.Variable[];
  readonly #variableIds: ReadonlyMap<number, number>;
  readonly #initialIds: readonly number[];
  readonly #nodes: GraphNode[] = [];
  /** Made where an operation was called; their stacks are put into words only when somebody asks. */
  readonly #places = new Map<string, Error>();
  /** The tensor, `node:output`, that a native tensor's number stands for. */
  readonly #tensors = new Map<number, string>();
  readonly #reads = new Map<number, string>();
  readonly #captured: (TracedInput & { readonly dataId: tf.DataId })[] = [];
  /** Data that JavaScript made during the call. */
  readonly #made = new WeakSet<tf.DataId>();
  #inputs: readonly tf.TensorInfo[] = [];

  constructor(
    backend: NativeBackend,
    args: readonly tf.Tensor[],
    variables: readonly tf.Variable[],
  ) {
    this.#backend = backend;
    this.#binding = backend.binding;
    this.#args = args;
    this.#variables = variables;
    this.#initialIds = variables.map((variable) =>
      backend.tensorMap.get(variable.dataId).id
    );
    this.#variableIds = new Map(this.#initialIds.map((id, i) => [id, i]));
    // After the variables: a variable that is handed in as an argument is an argument.
    args.forEach((arg, i) =>
      this.#tensors.set(backend.tensorMap.get(arg.dataId).id, `argument${i}`)
    );
  }

  record(call: () => tf.Tensor[]): tf.Tensor[] {
    const backend = this.#backend;
    const { getInputTensorIds, write } = backend;
    backend.binding = this.#standIn();
    backend.getInputTensorIds = (tensors) => {
      this.#inputs = tensors;
      this.#writeWaiting(tensors);
      return getInputTensorIds.call(backend, tensors);
    };
    backend.write = (values, shape, dtype) => {
      const dataId = write.call(backend, values, shape, dtype);
      this.#made.add(dataId);
      return dataId;
    };
    try {
      return call();
    } finally {
      backend.binding = this.#binding;
      backend.getInputTensorIds = getInputTensorIds;
      backend.write = write;
    }
  }

  finish(results: readonly tf.Tensor[]): Trace {
    const assigned = this.#variables.map((variable, i) => {
      const id = this.#idOf(variable);
      return id === this.#initialIds[i]
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
        read: this.#reads.get(i),
        assigned: assigned[i],
      }))
      .filter(({ read, assigned }) =>
        read !== undefined || assigned !== undefined
      );
    return {
      nodes: this.#nodes,
      arguments: this.#args.map((arg, i) => ({
        node: `argument${i}`,
        ...this.#typeOf(arg),
      })),
      captured: this.#captured,
      variables,
      results: traced,
      lineOf: (node) => callersLine(this.#places.get(node)),
    };
  }

  /** The binding, but for what is recorded or refused. */
  #standIn(): Binding {
    const binding = this.#binding;
    const overrides: Partial<Binding> = {
      executeOp: (
        name: string,
        attributes: OperationAttribute[],
        inputs: number[],
        outputs: number,
      ) => {
        const metadata = binding.executeOp(name, attributes, inputs, outputs);
        this.#addOperation(
          name,
          attributes,
          inputs,
          metadata.map(({ id }) => id),
        );
        return metadata;
      },
      createTensor: (
        shape: number[],
        dataType: number,
        values: tf.backend_util.BackendValues,
      ) => {
        const id = binding.createTensor(shape, dataType, values);
        this.#addConstant(id, shape, dataType, values);
        return id;
      },
      tensorDataSync: () => {
        throw new CompileError(
          "A compiled function read a tensor's data (data, dataSync, array, print, …). Its graph has no data while it " +
            "is built: return the tensor, and read it outside.",
        );
      },
      runSavedModel: () => {
        throw new CompileError(
          "A compiled function called another one. Call the function that the other was compiled from.",
        );
      },
    };
    // The addon's own properties are read-only: defined anew, not assigned.
    return Object.create(binding, Object.getOwnPropertyDescriptors(overrides));
  }

  #addOperation(
    operation: string,
    attributes: readonly OperationAttribute[],
    inputs: number[],
    outputs: number[],
  ): void {
    const name = `${operation}_${this.#nodes.length}`;
    const tensors = inputs.map((id, i) => this.#tensorOf(id, this.#inputs[i]));
    const converted = attributes.map((
      attribute,
    ) => [attribute.name, this.#convert(operation, attribute)]);
    this.#nodes.push({
      name,
      operation,
      inputs: tensors,
      attributes: Object.fromEntries(converted),
    });
    outputs.forEach((id, i) =>
      this.#tensors.set(id, i === 0 ? name : `${name}:${i}`)
    );
    this.#places.set(name, new Error());
  }

  #addConstant(
    id: number,
    shape: readonly number[],
    dataType: number,
    values: tf.backend_util.BackendValues,
  ): void {
    const constant = toConstant(shape, dataType, values);
    const name = `Const_${this.#nodes.length}`;
    this.#nodes.push({
      name,
      operation: "Const",
      inputs: [],
      attributes: {
        dtype: { kind: "type", value: dataType },
        value: { kind: "tensor", value: constant },
      },
    });
    this.#tensors.set(id, name);
  }

  /** Writes what waited since before the call, unrecorded: it is captured, not made by the call. */
  #writeWaiting(tensors: readonly tf.TensorInfo[]): void {
    for (const { dataId } of tensors) {
      const entry = dataId && this.#backend.tensorMap.get(dataId);
      if (!entry || entry.values === null || this.#made.has(dataId)) continue;
      entry.id = this.#binding.createTensor(
        entry.shape,
        entry.dtype,
        entry.values,
      );
      entry.values = null;
    }
  }

  /** The name of a native tensor in the graph; what the graph has not seen is a variable or captured. */
  #tensorOf(id: number, tensor: tf.TensorInfo | undefined): string {
    const known = this.#tensors.get(id);
    if (known !== undefined) return known;
    const name = this.#readVariable(id) ?? this.#capture(tensor);
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

  #typeOf(
    tensor: tf.TensorInfo,
  ): { shape: readonly number[]; dataType: number } {
    const { dtype, shape } = this.#backend.tensorMap.get(tensor.dataId);
    return { shape: [...shape], dataType: dtype };
  }

  /** A tensor's number; data from JavaScript that nothing has used becomes a constant now. */
  #idOf(tensor: tf.Tensor): number {
    const entry = this.#backend.tensorMap.get(tensor.dataId);
    if (entry.values !== null) {
      entry.id = this.#binding.createTensor(
        entry.shape,
        entry.dtype,
        entry.values,
      );
      if (this.#made.has(tensor.dataId)) {
        this.#addConstant(entry.id, entry.shape, entry.dtype, entry.values);
      }
      entry.values = null;
    }
    return entry.id;
  }

  #convert(
    operation: string,
    { name, type, value }: OperationAttribute,
  ): Attribute {
    const binding = this.#binding;
    const list = Array.isArray(value);
    switch (type) {
      case binding.TF_ATTR_STRING:
        if (typeof value === "string") return { kind: "string", value };
        break;
      case binding.TF_ATTR_INT:
        return list
          ? { kind: "ints", value }
          : { kind: "int", value: Number(value) };
      case binding.TF_ATTR_FLOAT:
        return list
          ? { kind: "floats", value }
          : { kind: "float", value: Number(value) };
      case binding.TF_ATTR_BOOL:
        return list
          ? { kind: "bools", value }
          : { kind: "bool", value: Boolean(value) };
      case binding.TF_ATTR_TYPE:
        return list
          ? { kind: "types", value }
          : { kind: "type", value: Number(value) };
      case binding.TF_ATTR_SHAPE:
        if (list) return { kind: "shape", value };
        break;
    }
    throw new CompileError(
      `The operation ${operation} has an attribute, ${name}, of a kind that cannot be compiled.`,
    );
  }
}

function toConstant(
  shape: readonly number[],
  dataType: number,
  values: tf.backend_util.BackendValues,
): Constant {
  const count = shape.reduce((product, size) => product * size, 1);
  if (Array.isArray(values)) {
    throw new CompileError(
      "A compiled function made a tensor of strings, which no graph of ours can hold.",
    );
  }
  const numbers = values instanceof Uint8ClampedArray
    ? new Uint8Array(values)
    : values;
  if (count <= MOST_NUMBERS) {
    return { dataType, shape: [...shape], values: numbers.slice() };
  }
  if (numbers.every((value) => value === numbers[0])) {
    return { dataType, shape: [...shape], values: numbers.slice(0, 1) };
  }
  throw new CompileError(
    `A compiled function made a tensor of shape [${shape}] from ${count} numbers in JavaScript. They would be the same in ` +
      "every run of the graph, which for random numbers (tf.randomNormal, tf.dropout, …) and for data is wrong. Draw " +
      "random numbers with normal() and uniform() of random_tensors.ts; hand data in as an argument, or make it outside.",
  );
}

/** The first line of a stack that is neither tfjs' nor this folder's. */
function callersLine(place: Error | undefined): string | undefined {
  const lines = place?.stack?.split("\n").slice(1) ?? [];
  const line = lines.find((text) =>
    !text.includes("node_modules") && !/\/engine\/compile(\/|\.ts)/.test(text)
  );
  return line?.trim().replace(/^at /, "");
}
