/**
 * Lets a run of a graph gather the rows of its arguments from tables. The tables are the few
 * tensors that contain all the data of a training loop. If an argument is fed directly, then
 * TensorFlow skips the gathering.
 */
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";
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
    axisNode(),
    ...inputs.flatMap(({ node, dataType, shape }): GraphNode[] => {
      const dtype: Attribute = { kind: "type", value: dataType };
      const [table, gathered] = [nameTable(node), `${node}_gathered`];
      return [
        placeholder(table, dataType, [UNKNOWN, ...shape.slice(1)]),
        {
          name: gathered,
          operation: "GatherV2",
          inputs: [table, ROWS, AXIS],
          attributes: { Tparams: dtype, Tindices: int32, Taxis: int32 },
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

function axisNode(): GraphNode {
  const value = { dataType: dataTypes.int32, shape: [], values: Int32Array.of(0) };
  return {
    name: AXIS,
    operation: "Const",
    inputs: [],
    attributes: { dtype: int32, value: { kind: "tensor", value } },
  };
}

const int32: Attribute = { kind: "type", value: dataTypes.int32 };
