/**
 * Measures how long each operation takes in a TensorFlow session. tfjs-node cannot request such
 * traces, so this file calls the C interface of TensorFlow's library (tensorflow/c/c_api.h)
 * directly.
 */
import { findLibrary, interfaceOf } from "./library.ts";

/** A tensor that is an input of a run. The tensor replaces the output of a node. */
export interface Feed {
  /** The name of the node whose output is replaced. */
  readonly node: string;
  /** TensorFlow's code for the data type. */
  readonly dataType: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const pointers = (count: number) => Array<"pointer">(count).fill("pointer");

const symbols = {
  TF_NewStatus: { parameters: [], result: "pointer" },
  TF_DeleteStatus: { parameters: ["pointer"], result: "void" },
  TF_GetCode: { parameters: ["pointer"], result: "i32" },
  TF_Message: { parameters: ["pointer"], result: "pointer" },
  TF_NewSessionOptions: { parameters: [], result: "pointer" },
  TF_DeleteSessionOptions: { parameters: ["pointer"], result: "void" },
  TF_NewGraph: { parameters: [], result: "pointer" },
  TF_DeleteGraph: { parameters: ["pointer"], result: "void" },
  TF_NewBuffer: { parameters: [], result: "pointer" },
  TF_NewBufferFromString: { parameters: ["buffer", "usize"], result: "pointer" },
  TF_DeleteBuffer: { parameters: ["pointer"], result: "void" },
  TF_LoadSessionFromSavedModel: {
    parameters: ["pointer", "pointer", "buffer", "buffer", "i32", ...pointers(3)],
    result: "pointer",
  },
  TF_GraphOperationByName: { parameters: ["pointer", "buffer"], result: "pointer" },
  TF_AllocateTensor: { parameters: ["i32", "buffer", "i32", "usize"], result: "pointer" },
  TF_TensorData: { parameters: ["pointer"], result: "pointer" },
  TF_DeleteTensor: { parameters: ["pointer"], result: "void" },
  TF_SessionRun: {
    parameters: [
      ...["pointer", "pointer", "buffer", "buffer", "i32"] as const,
      ...["buffer", "buffer", "i32", "buffer", "i32", "pointer", "pointer"] as const,
    ],
    result: "void",
  },
  TF_CloseSession: { parameters: ["pointer", "pointer"], result: "void" },
  TF_DeleteSession: { parameters: ["pointer", "pointer"], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

type Library = Deno.DynamicLibrary<typeof symbols>;

/**
 * An encoded RunOptions message (tensorflow/core/protobuf/config.proto), in which trace_level is 3
 * and output_partition_graphs is true.
 */
const TRACE_ALL = Uint8Array.of(0x08, 3, 0x28, 1);

export class TracedSession {
  readonly #library: Library;
  readonly #graph: Deno.PointerValue;
  readonly #session: Deno.PointerValue;

  private constructor(library: Library, graph: Deno.PointerValue, session: Deno.PointerValue) {
    this.#library = library;
    this.#graph = graph;
    this.#session = session;
  }

  /**
   * Loads a SavedModel from a folder.
   *
   * @throws {Error} if TensorFlow's library is missing or rejects the model
   */
  static async open(folder: string): Promise<TracedSession> {
    const file = interfaceOf(await findLibrary());
    if (!file) throw new Error("Tracing a session: TensorFlow's library is not in place.");
    const library = Deno.dlopen(file, symbols);
    const c = library.symbols;
    const [graph, options, tag] = [c.TF_NewGraph(), c.TF_NewSessionOptions(), text("serve")];
    try {
      const tags = new BigUint64Array([addressOf(Deno.UnsafePointer.of(tag))]);
      const session = withStatus(library, (status) =>
        c.TF_LoadSessionFromSavedModel(
          ...[options, null, text(folder), tags, 1, graph, null, status] as const,
        ));
      return new TracedSession(library, graph, session);
    } catch (error) {
      c.TF_DeleteGraph(graph);
      library.close();
      throw error;
    } finally {
      c.TF_DeleteSessionOptions(options);
    }
  }

  /**
   * Runs the nodes `targets` with the given inputs.
   *
   * @returns the trace, which is an encoded RunMetadata message
   * (tensorflow/core/protobuf/config.proto)
   */
  run(feeds: readonly Feed[], targets: readonly string[]): Uint8Array {
    const c = this.#library.symbols;
    const tensors = feeds.map((feed) => this.#allocate(feed));
    const options = c.TF_NewBufferFromString(TRACE_ALL, BigInt(TRACE_ALL.length));
    const metadata = c.TF_NewBuffer();
    // A TF_Output contains a pointer to an operation and the index of an output. Together with
    // padding, it takes two words.
    const inputs = feeds.flatMap(({ node }) => [this.#operation(node), 0n]);
    const operations = targets.map((node) => this.#operation(node));
    const none = new Uint8Array(0);
    try {
      withStatus(this.#library, (status) =>
        c.TF_SessionRun(
          ...[this.#session, options, words(inputs), words(tensors.map(addressOf))] as const,
          ...[feeds.length, none, none, 0, words(operations), targets.length] as const,
          ...[metadata, status] as const,
        ));
      return copyBuffer(metadata);
    } finally {
      for (const tensor of tensors) c.TF_DeleteTensor(tensor);
      c.TF_DeleteBuffer(options);
      c.TF_DeleteBuffer(metadata);
    }
  }

  close(): void {
    const c = this.#library.symbols;
    withStatus(this.#library, (status) => c.TF_CloseSession(this.#session, status));
    withStatus(this.#library, (status) => c.TF_DeleteSession(this.#session, status));
    c.TF_DeleteGraph(this.#graph);
    this.#library.close();
  }

  #operation(node: string): bigint {
    const found = this.#library.symbols.TF_GraphOperationByName(this.#graph, text(node));
    if (found !== null) return addressOf(found);
    throw new Error(`Tracing a session: the graph has no node ${node}.`);
  }

  #allocate({ dataType, shape, bytes }: Feed): Deno.PointerValue {
    const c = this.#library.symbols;
    const sizes = new BigInt64Array(shape.map(BigInt));
    const tensor = c.TF_AllocateTensor(dataType, sizes, shape.length, BigInt(bytes.length));
    const data = c.TF_TensorData(tensor);
    if (data !== null && bytes.length > 0) {
      new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, bytes.length)).set(bytes);
    }
    return tensor;
  }
}

function withStatus<T>(
  { symbols: c }: Library,
  call: (status: Deno.PointerValue) => T,
): T {
  const status = c.TF_NewStatus();
  try {
    const result = call(status);
    if (c.TF_GetCode(status) === 0) return result;
    const message = c.TF_Message(status);
    throw new Error(message ? Deno.UnsafePointerView.getCString(message) : "TensorFlow failed.");
  } finally {
    c.TF_DeleteStatus(status);
  }
}

/**
 * Copies the data of a TF_Buffer, which begins with a pointer to the data and the data's length.
 */
function copyBuffer(buffer: Deno.PointerValue): Uint8Array {
  const view = new Deno.UnsafePointerView(buffer!);
  const [data, length] = [view.getPointer(0), Number(view.getBigUint64(8))];
  if (data === null || length === 0) return new Uint8Array(0);
  return new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, length)).slice();
}

function text(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${value}\0`);
}

function words(values: readonly bigint[]): BigUint64Array<ArrayBuffer> {
  return new BigUint64Array(values);
}

function addressOf(pointer: Deno.PointerValue): bigint {
  return BigInt(Deno.UnsafePointer.value(pointer));
}
