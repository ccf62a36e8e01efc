/**
 * Arguments as rows of tables: a training loop has all its data in a few tensors, and a run of the
 * graph gathers the rows of a batch itself. Where a batch is fed in the argument's place instead,
 * TensorFlow leaves the gathering out.
 */
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";
import type { TracedArgument } from "./traced_call.ts";

/** The input that says which rows. */
export const ROWS = "rows";

const AXIS = "rows_axis";

/** The input that an argument's rows are gathered from. */
export function nameTable(argument: string): string {
  return `${argument}_table`;
}

/** Whether all arguments of a trace may be rows, as many of each. */
export function mayBeRows(inputs: readonly TracedArgument[]): boolean {
  return inputs.length > 0 &&
    inputs.every(({ shape }) => shape.length > 0 && shape[0] === inputs[0].shape[0]);
}

/**
 * The nodes that stand for arguments which may be fed, or gathered.
 *
 * @param placeholder makes an input
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
        // The optimizer is to know the shape as if it were fed.
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
