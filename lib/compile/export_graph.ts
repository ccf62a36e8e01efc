/**
 * Exports a program's graph as a file in TensorFlow's SavedModel format. The file also contains the
 * values of the program's variables and captured tensors. Python's TensorFlow can run the graph,
 * and so can TensorFlow Serving.
 */
import type * as tf from "@tensorflow/tfjs";
import {
  dataTypes,
  encodeSavedModel,
  type GraphNode,
  type Signature,
  type TensorReference,
} from "./graph_def.ts";
import { constantNode } from "./make_nodes.ts";
import { nativeBackend } from "../native/native_backend.ts";
import { nameVariable } from "./nodes.ts";
import type { Trace } from "./traced_call.ts";

/** A traced function in an exported graph. */
export interface ExportedPart {
  /** The name of the function's signature. */
  readonly name: string;
  readonly trace: Trace;
  readonly prefix: string;
}

const INITIALIZE = "initialize";

/**
 * Returns the bytes of the file saved_model.pb. Each part becomes a signature. The inputs of a
 * signature are named `argument0`, `argument1`, …, and its outputs are named `result0`,
 * `result1`, …. If a function has no results, then its signature has one output, which is named
 * `done`.
 *
 * @param variables the program's variables; a variable's index determines the name of its node
 */
export function encodeProgram(
  nodes: readonly GraphNode[],
  variables: readonly tf.Variable[],
  parts: readonly ExportedPart[],
): Uint8Array<ArrayBuffer> {
  const captured = new Map(
    parts.flatMap(({ trace, prefix }) =>
      trace.captured.map(({ node, dataId, current }) => {
        const name = `${prefix}/${node}`;
        return [name, constant(name, current?.() ?? dataId)];
      })
    ),
  );
  const rates = new Map(
    parts.flatMap(({ trace, prefix }) =>
      trace.rates.map(({ node, value }) => {
        const name = `${prefix}/${node}`;
        return [name, number(name, value())];
      })
    ),
  );
  const complete = nodes.map((node) => captured.get(node.name) ?? rates.get(node.name) ?? node);
  const signatures = parts.map((part) => [part.name, signatureOf(part)]);
  return encodeSavedModel(
    [...complete, ...initializers(variables)],
    Object.fromEntries(signatures),
    INITIALIZE,
  );
}

/**
 * Returns nodes that set the variables to the values that they had when the graph was exported.
 * These nodes run after the file has been loaded.
 */
function initializers(variables: readonly tf.Variable[]): GraphNode[] {
  const assignments = variables.flatMap(({ dataId }, i): GraphNode[] => {
    const name = nameVariable(i);
    const value = constant(`${name}/initial`, dataId);
    return [value, {
      name: `${name}/initialize`,
      operation: "AssignVariableOp",
      inputs: [name, value.name],
      attributes: { dtype: value.attributes.dtype },
    }];
  });
  const inputs = variables.map((_, i) => `^${nameVariable(i)}/initialize`);
  return [...assignments, {
    name: INITIALIZE,
    operation: "NoOp",
    inputs,
    attributes: {},
  }];
}

function constant(name: string, dataId: tf.DataId): GraphNode {
  const backend = nativeBackend();
  const [id] = backend.getInputTensorIds([{ dataId } as tf.TensorInfo]);
  const { dtype: dataType, shape } = backend.tensorMap.get(dataId);
  const values = backend.binding.tensorDataSync(id);
  return constantNode(name, { dataType, shape, values });
}

function number(name: string, value: number): GraphNode {
  const values = Float32Array.of(value);
  return constantNode(name, { dataType: dataTypes.float32, shape: [], values });
}

function signatureOf({ trace, prefix }: ExportedPart): Signature {
  const inputs = trace.arguments.map(({ node, dataType, shape }) =>
    reference(prefix, node, dataType, shape)
  );
  const outputs = trace.results.map(({ dataType, shape }, i) =>
    reference(prefix, `result${i}`, dataType, shape)
  );
  return {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(
      outputs.length > 0 ? outputs : [reference(prefix, "done", dataTypes.int32, [])],
    ),
  };
}

function reference(
  prefix: string,
  node: string,
  dataType: number,
  shape: readonly number[],
): [string, TensorReference] {
  return [node, { tensor: `${prefix}/${node}:0`, dataType, shape }];
}
