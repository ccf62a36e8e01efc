/**
 * Keeps TensorFlow's graph optimizer from computing max(x, αx) wrongly. The optimizer turns this
 * maximum into a LeakyReLU without checking α (core/grappler/optimizers/remapper.cc). If α > 1,
 * then the result is wrong: for a positive x, max(x, 2x) would be x. The optimizer first turns
 * x + x into 2x, so max(x, x + x) is affected too.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { hideInputs } from "./stand_ins.ts";

/**
 * Returns an equivalent graph in which the second input of each maximum is hidden from the
 * optimizer. The optimizer can then no longer mistake a maximum for a LeakyReLU.
 *
 * @param nodes the graph's nodes, each of which comes after its inputs
 */
export function keepMaximum(nodes: readonly GraphNode[]): GraphNode[] {
  return hideInputs(
    nodes,
    ({ operation, attributes }, index) =>
      operation === "Maximum" && attributes.T?.value === dataTypes.float32 && index === 1,
  );
}
