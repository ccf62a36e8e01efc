/**
 * Orders long matrix products so that two threads have work until the end of a graph.
 *
 * A TensorFlow thread always continues with the operations that became ready most recently. In a
 * backward pass, it therefore follows the gradient to the first layer, and leaves most products for
 * the gradients of the weights until the end. Then one thread has nothing to do, while the other
 * still computes the last product and updates its weights. If the threads took the operations in
 * the order in which they become ready, both would finish at about the same time. This module
 * therefore estimates when each operation would run if operations ran in the order in which they
 * become ready. The module then makes each long product wait for other long products that,
 * according to the estimate, end well before this product starts. This does not change any result.
 */
import type { GraphNode } from "../graph_def.ts";
import { nodeOf } from "../stand_ins.ts";
import { estimateSchedule } from "./estimate_schedule.ts";
import type { Shapes } from "./simplify.ts";

/** Products that take fewer microseconds than this are not ordered. */
const LEAST = 40;

/**
 * A product waits only for products that, in the estimated schedule, end at least this many
 * microseconds before it starts. With this margin, a wrong estimate rarely makes a thread wait.
 */
const SLACK = 450;

/**
 * The maximum number of products that one product waits for directly. Those products in turn wait
 * for earlier products.
 */
const MOST_AWAITED = 3;

/**
 * Operations that TensorFlow fuses with the product before them
 * (core/grappler/optimizers/remapper.cc). TensorFlow does not fuse a product that must wait for
 * others, so products whose results go to one of these operations are not ordered.
 */
const fusedWithProducts = new Set(["Add", "AddV2", "BiasAdd"]);

/**
 * Returns an equivalent graph in which long products wait for others.
 *
 * @param nodes in any order
 */
export function orderProducts(nodes: readonly GraphNode[], shapes: Shapes): GraphNode[] {
  const schedule = estimateSchedule(nodes, shapes);
  const products = longProducts(nodes).toSorted((a, b) => a.start - b.start);
  const awaited = new Map(products.map(({ name, start }) => {
    const earlier = products.filter(({ end }) => end <= start - SLACK);
    const last = earlier.toSorted((a, b) => b.end - a.end).slice(0, MOST_AWAITED);
    return [name, last.map(({ name }) => `^${name}`)];
  }));
  return nodes.map((node) => {
    const after = awaited.get(node.name) ?? [];
    return after.length > 0 ? { ...node, inputs: [...node.inputs, ...after] } : node;
  });

  function longProducts(nodes: readonly GraphNode[]) {
    const fused = new Set(
      nodes.filter(({ operation }) => fusedWithProducts.has(operation))
        .flatMap(({ inputs }) => inputs.map(nodeOf)),
    );
    return nodes
      .filter(({ name, operation }) => operation === "MatMul" && !fused.has(name))
      .map(({ name }) => ({ name, ...schedule.get(name)! }))
      .filter(({ start, end }) => end - start >= LEAST);
  }
}
