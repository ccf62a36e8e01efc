/**
 * Explains what compiled functions contain, and how long each operation takes according to
 * TensorFlow.
 */
import type * as tf from "@tensorflow/tfjs";
import { computesAcrossOperations } from "../../native/threads.ts";
import { nativeBackend } from "../../native/native_backend.ts";
import { type Feed, TracedSession } from "../../native/traced_session.ts";
import { CompileError } from "../compile_error.ts";
import { dataTypes, encodeSavedModel, type GraphNode } from "../graph_def.ts";
import { ALL_SET, nameVariable, programNodes } from "../nodes.ts";
import { type Part, variablesOf } from "../part.ts";
import { describePlace } from "../place.ts";
import { programOf } from "../owned_programs.ts";
import { type RanOperation, readRun, type TracedRun } from "./read_run.ts";

/** A compiled function, a record of compiled functions, or an accelerated model. */
export type Explainable = { dispose(): void } | { undo(): void };

/** The explanation of one trace of a compiled function. */
export interface Explanation {
  /** The function's name. */
  readonly name: string;
  /** The shapes of the arguments. */
  readonly arguments: readonly (readonly number[])[];
  /** The numbers of operations in the trace and in a run. */
  readonly operations: {
    /** The number of operations that tfjs called during the trace. */
    readonly traced: number;
    /**
     * The number of operations that TensorFlow ran, after some operations were fused. Reads and
     * assignments of variables are included.
     */
    readonly run: number;
  };
  /** The constants in the graph. */
  readonly constants: Amount;
  /** The tensors that the function uses but does not receive as arguments. */
  readonly captured: Amount;
  /** The variables that the function reads or assigns. */
  readonly variables: Amount;
  /** The total memory that the operations of a run allocate, in bytes. */
  readonly allocatedBytes: number;
  /** The time from the start of the first operation to the end of the last operation. */
  readonly milliseconds: number;
  /** The total time of each kind of operation. The slowest kind comes first. */
  readonly byOperation: readonly OperationTime[];
  /** The slowest operations, slowest first. */
  readonly slowest: readonly NodeTime[];
  /** The operations of the fastest run. */
  readonly run: readonly RanOperation[];
}

/** The number of tensors in a group, and the memory that they take up. */
export interface Amount {
  /** The number of tensors. */
  readonly count: number;
  /** The memory in bytes. */
  readonly bytes: number;
}

/** The time of all operations of one kind in a run. */
export interface OperationTime {
  /** TensorFlow's name for the operation. */
  readonly operation: string;
  /** The number of operations of this kind. */
  readonly count: number;
  /** The total time of these operations, summed over all threads. */
  readonly milliseconds: number;
  /**
   * The time of these operations as a fraction of the total time of all operations, from 0 to 1.
   */
  readonly share: number;
}

/** One operation of a run. */
export interface NodeTime {
  /** TensorFlow's name for the operation. */
  readonly operation: string;
  /** The duration of the operation. */
  readonly milliseconds: number;
  /**
   * The place in the code where the operation was called. The text is empty if TensorFlow merged
   * several operations into this operation.
   */
  readonly place: string;
}

/**
 * The number of runs, of which only the fastest is reported. The first runs are slow, because
 * TensorFlow also optimizes the graph and fills caches.
 */
const RUNS = 6;

const MOST_SLOW = 10;

/**
 * Explains each trace of compiled functions or of an accelerated model. To measure times, each
 * trace is run with zeros as arguments. These runs leave the variables unchanged.
 *
 * @param explainable a result of `compile` or `accelerate` that has been called at least once
 * @throws {CompileError} when nothing has been traced yet
 */
export async function explainGraph(explainable: Explainable): Promise<Explanation[]> {
  const program = programOf(explainable);
  if (!program) {
    throw new CompileError(
      "Explaining: wanted what compile or accelerate returned, found something else.",
    );
  }
  const { parts } = program;
  if (parts.length === 0) {
    throw new CompileError(
      "Explaining compiled functions: wanted one that has been traced, found none. On the native engine, call it first; " +
        "a function whose first call creates variables, as an optimizer's first step does, is traced at its second call.",
    );
  }
  const explanations: Explanation[] = [];
  for (const part of parts) explanations.push(await explainPart(part));
  return explanations;
}

async function explainPart(part: Part): Promise<Explanation> {
  const { trace, name, prefix } = part;
  const runs = await traceRuns(part);
  const best = runs.reduce((a, b) => lengthOf(a) <= lengthOf(b) ? a : b);
  const constants = trace.nodes.flatMap(({ attributes: { value } }) =>
    value?.kind === "tensor" ? value.value.values.byteLength : []
  );
  const captured = trace.captured.map(bytesOf);
  const variables = trace.variables.map(({ variable }) => variable.size * WORD);
  const placeOf = (node: string) =>
    describePlace(trace.placeOf(node.replace(`${prefix}/`, ""))).trim().replace(/^,? ?/, "");
  return {
    name,
    arguments: trace.arguments.map(({ shape }) => shape),
    operations: {
      traced: trace.nodes.filter(({ operation }) => operation !== "Const").length,
      run: best.operations.length,
    },
    constants: amountOf(constants),
    captured: amountOf(captured),
    variables: amountOf(variables),
    allocatedBytes: best.operations.reduce((sum, { bytes }) => sum + bytes, 0),
    milliseconds: lengthOf(best) / 1000,
    byOperation: sumByOperation(best.operations),
    slowest: best.operations.toSorted((a, b) => b.microseconds - a.microseconds)
      .slice(0, MOST_SLOW)
      .map(({ node, operation, microseconds }) => ({
        operation,
        milliseconds: microseconds / 1000,
        place: placeOf(node),
      })),
    run: best.operations,
  };
}

async function traceRuns(part: Part): Promise<TracedRun[]> {
  const variables = variablesOf([part]);
  const inHalves = computesAcrossOperations();
  const folder = await Deno.makeTempDir({ prefix: "tfjs-explain-" });
  let session: TracedSession | undefined;
  try {
    const nodes = programNodes([part], variables, inHalves);
    await Deno.writeFile(`${folder}/saved_model.pb`, encodeSavedModel(nodes));
    session = await TracedSession.open(folder);
    session.run(variableFeeds(variables), [ALL_SET]);
    const feeds = feedsOf(part, nodes);
    const { prefix, trace } = part;
    const targets = ["done", ...trace.results.map((_, i) => `result${i}`)];
    const all = targets.map((node) => `${prefix}/${node}`);
    return Array.from({ length: RUNS }, () => readRun(session!.run(feeds, all)));
  } finally {
    session?.close();
    await Deno.remove(folder, { recursive: true });
  }
}

function variableFeeds(variables: readonly tf.Variable[]): Feed[] {
  // Fetches the variables' newest values.
  nativeBackend().getInputTensorIds(variables);
  return variables.map(({ dataId }, i) => feedOf(`${nameVariable(i)}/value`, dataId));
}

/**
 * Returns the inputs of a run. The arguments are zeros, and all other inputs have their current
 * values.
 */
function feedsOf({ trace, prefix }: Part, nodes: readonly GraphNode[]): Feed[] {
  const within = (node: string) => `${prefix}/${node}`;
  const zeros = trace.arguments.map(({ node, dataType, shape }): Feed => {
    const width = dataType === dataTypes.bool ? 1 : WORD;
    const size = shape.reduce((product, length) => product * length, width);
    return { node: within(node), dataType, shape, bytes: new Uint8Array(size) };
  });
  const captured = trace.captured.map(({ node, dataId, current }) =>
    feedOf(within(node), current?.() ?? dataId)
  );
  const rates = trace.rates.map(({ node, value }): Feed => ({
    node: within(node),
    dataType: dataTypes.float32,
    shape: [],
    bytes: new Uint8Array(Float32Array.of(value()).buffer),
  }));
  // An unused input has no node in the graph.
  const names = new Set(nodes.map(({ name }) => name));
  return [...zeros, ...captured, ...rates].filter(({ node }) => names.has(node));
}

function feedOf(node: string, dataId: tf.DataId): Feed {
  const backend = nativeBackend();
  const [id] = backend.getInputTensorIds([{ dataId } as tf.TensorInfo]);
  const { dtype: dataType, shape } = backend.tensorMap.get(dataId);
  const { buffer, byteOffset, byteLength } = backend.binding.tensorDataSync(id);
  const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  return { node, dataType, shape, bytes };
}

/** The size of a number in tfjs, in bytes. Only a boolean is smaller, with one byte. */
const WORD = 4;

function bytesOf({ shape }: { readonly shape: readonly number[] }): number {
  return shape.reduce((product, size) => product * size, WORD);
}

function amountOf(bytes: readonly number[]): Amount {
  return { count: bytes.length, bytes: bytes.reduce((sum, one) => sum + one, 0) };
}

/**
 * Returns the microseconds from the start of the first operation to the end of the last operation.
 */
function lengthOf({ operations }: TracedRun): number {
  return operations.reduce(
    (end, { start, microseconds }) => Math.max(end, start + microseconds),
    0,
  );
}

function sumByOperation(operations: readonly RanOperation[]): OperationTime[] {
  const total = operations.reduce((sum, { microseconds }) => sum + microseconds, 0);
  const groups = Map.groupBy(operations, ({ operation }) => operation);
  return [...groups].map(([operation, all]) => {
    const microseconds = all.reduce((sum, one) => sum + one.microseconds, 0);
    const share = total > 0 ? microseconds / total : 0;
    return { operation, count: all.length, milliseconds: microseconds / 1000, share };
  }).toSorted((a, b) => b.milliseconds - a.milliseconds);
}
