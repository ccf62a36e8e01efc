/**
 * Keeps TensorFlow from computing max(x, αx) wrongly. It mistakes this maximum for LeakyReLU, and
 * uses LeakyReLU's kernel without checking α (core/grappler/optimizers/remapper.cc). This is wrong
 * if α > 1: max(x, 2x) would give x for positive numbers. Even max(x, x + x) is affected, because
 * TensorFlow first turns x + x into 2x.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { hideInputs } from "./stand_ins.ts";

/**
 * Returns an equivalent graph in which no maximum looks like a LeakyReLU. The second input of each
 * maximum is hidden, so the optimizer cannot see that one input is a multiple of the other.
 *
 * @param nodes ordered so that each node follows its inputs
 */
export function keepMaximum(nodes: readonly GraphNode[]): GraphNode[] {
  return hideInputs(
    nodes,
    ({ operation, attributes }, index) =>
      operation === "Maximum" && attributes.T?.value === dataTypes.float32 && index === 1,
  );
}
