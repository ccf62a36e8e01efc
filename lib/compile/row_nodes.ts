/**
 * Lets a run of a graph gather the rows of its arguments from tables. The tables are the few
 * tensors that contain all the data of a training loop. If an argument is fed directly, then
 * TensorFlow skips the gathering.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { int32Constant, int32Type, typeAttribute } from "./make_nodes.ts";
import type { TracedArgument } from "./traced_call.ts";

/** The name of the graph input that holds the row numbers. */
export const ROWS = "rows";

const AXIS = "rows_axis";

/** Returns the name of the graph input that holds an argument's table. */
export function nameTable(argument: string): string {
  return `${argument}_table`;
}

/** Returns whether all arguments of a trace have the same number of rows. */
export function mayBeRows(inputs: readonly TracedArgument[]): boolean {
  return inputs.length > 0 &&
    inputs.every(({ shape }) => shape.length > 0 && shape[0] === inputs[0].shape[0]);
}

/**
 * Returns nodes for arguments that can be either fed directly or gathered from tables.
 *
 * @param placeholder a function that makes an input node
 */
export function rowNodes(
  inputs: readonly TracedArgument[],
  placeholder: (name: string, dataType: number, shape: readonly number[]) => GraphNode,
): GraphNode[] {
  const [{ shape: [count] }] = inputs;
  return [
    placeholder(ROWS, dataTypes.int32, [count]),
    int32Constant(AXIS, [], [0]),
    ...inputs.flatMap(({ node, dataType, shape }): GraphNode[] => {
      const dtype = typeAttribute(dataType);
      const [table, gathered] = [nameTable(node), `${node}_gathered`];
      return [
        placeholder(table, dataType, [UNKNOWN, ...shape.slice(1)]),
        {
          name: gathered,
          operation: "GatherV2",
          inputs: [table, ROWS, AXIS],
          attributes: { Tparams: dtype, Tindices: int32Type, Taxis: int32Type },
        },
        // This node tells TensorFlow's graph optimizer the shape of the argument. The optimizer
        // knows the shape only if the argument is fed directly.
        {
          name: node,
          operation: "EnsureShape",
          inputs: [gathered],
          attributes: { T: dtype, shape: { kind: "shape", value: shape } },
        },
      ];
    }),
  ];
}

const UNKNOWN = -1;
