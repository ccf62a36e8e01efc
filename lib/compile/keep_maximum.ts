/**
 * Keeps maxima of a tensor and its own multiple. TensorFlow takes max(x, αx) for LeakyReLU and
 * replaces it by that kernel without looking at α (core/grappler/optimizers/remapper.cc), which is
 * wrong from α = 1 on: max(x, 2x) would give x for positive numbers. A sum x + x becomes 2x first.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { hideInputs } from "./stand_ins.ts";

/**
 * Returns an equivalent graph in which no maximum looks like a LeakyReLU: with one side hidden, the
 * other is a multiple of nothing that the optimizer can see.
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
