/**
 * Reads TensorFlow's report of a run. The report is a RunMetadata message
 * (tensorflow/core/protobuf/config.proto), which contains a StepStats message
 * (tensorflow/core/framework/step_stats.proto).
 */
import { type Fields, messagesOf, numberOf, readFields, textField } from "./read_fields.ts";

/** An operation of a run. */
export interface RanOperation {
  /** The name of the operation's node in the graph. */
  readonly node: string;
  /** TensorFlow's name for the operation, which may be a fused operation. */
  readonly operation: string;
  /**
   * The time at which the operation started, in microseconds since the start of the run's first
   * operation.
   */
  readonly start: number;
  /** The duration in microseconds. */
  readonly microseconds: number;
  /** The number of the thread that ran the operation. */
  readonly thread: number;
  /** The memory that the operation allocated, in bytes. */
  readonly bytes: number;
}

export interface TracedRun {
  readonly operations: readonly RanOperation[];
  readonly nodes: number;
}

/** Reads a RunMetadata message. */
export function readRun(bytes: Uint8Array): TracedRun {
  const metadata = readFields(bytes);
  const nodes = messagesOf(metadata, 3).flatMap((graph) => messagesOf(graph, 1));
  const operations = new Map(nodes.map((node) => [textField(node, 1), textField(node, 2)]));
  const ran = messagesOf(metadata, 1)
    .flatMap((stats) => messagesOf(stats, 1))
    .flatMap((device) => messagesOf(device, 2))
    .map((stats) => readOperation(stats, operations));
  const first = ran.reduce((least, { start }) => Math.min(least, start), Infinity);
  return {
    operations: ran.map((one) => ({ ...one, start: one.start - first })),
    nodes: nodes.length,
  };
}

/**
 * Reads a NodeExecStats message, which describes one operation. Its times in microseconds are used
 * only if its times in nanoseconds are missing.
 */
function readOperation(
  stats: Fields,
  operations: ReadonlyMap<string, string>,
): RanOperation {
  const node = textField(stats, 1);
  const label = /= (\w+)\(/.exec(textField(stats, 8))?.[1];
  const nanoseconds = numberOf(stats, 15) - numberOf(stats, 14);
  const microseconds = numberOf(stats, 4) - numberOf(stats, 3);
  const memory = messagesOf(stats, 6);
  return {
    node,
    operation: operations.get(node) ?? label ?? node,
    start: (numberOf(stats, 13) / 1000 || numberOf(stats, 2)) + numberOf(stats, 14) / 1000,
    microseconds: nanoseconds > 0 ? nanoseconds / 1000 : microseconds,
    thread: numberOf(stats, 10),
    bytes: memory.reduce((sum, used) => sum + numberOf(used, 2), 0),
  };
}
