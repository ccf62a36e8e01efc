/**
 * Keeps TensorFlow from computing max(x, αx) wrongly. It computes this maximum as LeakyReLU without
 * checking α (core/grappler/optimizers/remapper.cc). For α > 1 the result is wrong: max(x, 2x)
 * would give x for positive numbers. TensorFlow first turns x + x into 2x, so max(x, x + x) is
 * affected too.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { hideInputs } from "./stand_ins.ts";

/**
 * Returns an equivalent graph that hides the second input of each maximum. No maximum then looks
 * like a LeakyReLU.
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
