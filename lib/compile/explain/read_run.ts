/**
 * What TensorFlow reports of a run: RunMetadata (tensorflow/core/protobuf/config.proto) with
 * StepStats (tensorflow/core/framework/step_stats.proto).
 */
import { type Fields, messagesOf, numberOf, readFields, textOf } from "./read_fields.ts";

/** An operation of a run. */
export interface RanOperation {
  /** Its node in the graph. */
  readonly node: string;
  /** TensorFlow's name of it, after fusing. */
  readonly operation: string;
  /** Microseconds since the run's first operation. */
  readonly start: number;
  /** How long it ran. */
  readonly microseconds: number;
  /** Number of the thread that ran it. */
  readonly thread: number;
  /** Memory that it allocated. */
  readonly bytes: number;
}

export interface Run {
  readonly operations: readonly RanOperation[];
  /** How many nodes the graph had, as it was run. */
  readonly nodes: number;
}

/** Reads RunMetadata. */
export function readRun(bytes: Uint8Array): Run {
  const metadata = readFields(bytes);
  const nodes = messagesOf(metadata, 3).flatMap((graph) => messagesOf(graph, 1));
  const operations = new Map(nodes.map((node) => [textOf(node, 1), textOf(node, 2)]));
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

/** NodeExecStats; times in nanoseconds where there are such. */
function readOperation(
  stats: Fields,
  operations: ReadonlyMap<string, string>,
): RanOperation {
  const node = textOf(stats, 1);
  const label = /= (\w+)\(/.exec(textOf(stats, 8))?.[1];
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
