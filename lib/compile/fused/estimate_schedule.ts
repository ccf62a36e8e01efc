/**
 * Estimates when each operation of a graph runs if two threads take the operations in the order in
 * which they become ready. The estimates depend only on the kinds of the operations and on the
 * sizes of the tensors. They need not be exact, because only the order of long operations is taken
 * from the schedule (order_products.ts).
 */
import type { GraphNode } from "../graph_def.ts";
import { nodeOf } from "../stand_ins.ts";
import type { Shapes } from "./simplify.ts";

/**
 * The times at which an operation starts and ends, in microseconds since the start of the graph.
 */
export interface ScheduledTime {
  readonly start: number;
  readonly end: number;
}

const THREADS = 2;

/*
 * The speeds below were measured with explainGraph, in steps of the default GAN on one thread of a
 * processor with AVX-512. On other processors, all times change by about the same factor.
 */

/** Number of floating-point operations that a matrix product performs per microsecond. */
const PRODUCT_SPEED = 115e3;

/** Microseconds for each number that an operation computes. */
const perNumber: Readonly<Record<string, number>> = {
  Const: 0,
  Reshape: 0,
  ResourceApplyAdam: 1.6e-3,
  StatelessRandomNormal: 4e-3,
  StatelessRandomUniform: 4e-3,
};
const PER_OTHER_NUMBER = 4e-4;

/**
 * Microseconds that every operation takes, in addition to the time for its numbers or its product.
 */
const PER_OPERATION = 2;

/** Returns the estimated schedule, keyed by the names of the nodes. */
export function estimateSchedule(
  nodes: readonly GraphNode[],
  shapes: Shapes,
): ReadonlyMap<string, ScheduledTime> {
  const { users, waiting } = connect(nodes);
  const spans = new Map<string, ScheduledTime>();
  const ready = nodes.filter(({ name }) => waiting.get(name) === 0);
  const running: GraphNode[] = [];
  let now = 0;
  for (let next = 0; next < ready.length || running.length > 0;) {
    while (next < ready.length && running.length < THREADS) {
      const node = ready[next++];
      spans.set(node.name, { start: now, end: now + estimateTime(node, shapes) });
      running.push(node);
    }
    running.sort((a, b) => spans.get(b.name)!.end - spans.get(a.name)!.end);
    const { name } = running.pop()!;
    now = spans.get(name)!.end;
    for (const user of users.get(name) ?? []) {
      const left = waiting.get(user.name)! - 1;
      waiting.set(user.name, left);
      if (left === 0) ready.push(user);
    }
  }
  return spans;
}

/** Returns the users of each node, and the number of nodes that each node waits for. */
function connect(nodes: readonly GraphNode[]) {
  const names = new Set(nodes.map(({ name }) => name));
  const users = new Map<string, GraphNode[]>();
  const waiting = new Map<string, number>();
  for (const node of nodes) {
    const sources = new Set(node.inputs.map(nodeOf)).intersection(names);
    waiting.set(node.name, sources.size);
    for (const source of sources) {
      const known = users.get(source);
      if (known) known.push(node);
      else users.set(source, [node]);
    }
  }
  return { users, waiting };
}

/** Returns the estimated duration of an operation, in microseconds. */
function estimateTime(node: GraphNode, shapes: Shapes): number {
  const { name, operation, inputs, attributes } = node;
  const sizeOf = (tensor: string) => (shapes.get(tensor) ?? []).reduce((a, b) => a * b, 1);
  if (operation === "MatMul") {
    const [rows = 0, columns = 0] = shapes.get(inputs[0]) ?? [];
    const inner = attributes.transpose_a?.value ? rows : columns;
    return PER_OPERATION + 2 * inner * sizeOf(name) / PRODUCT_SPEED;
  }
  // An update has no output. Its last input is the gradient.
  const data = operation === "ResourceApplyAdam"
    ? inputs.findLast((input) => !input.startsWith("^"))!
    : name;
  return PER_OPERATION + (perNumber[operation] ?? PER_OTHER_NUMBER) * sizeOf(data);
}
