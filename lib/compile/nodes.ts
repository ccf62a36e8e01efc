/** Builds the nodes of a program's graph from its variables and traces. */
import type * as tf from "@tensorflow/tfjs";
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";
import { int32Constant, typeAttribute } from "./make_nodes.ts";
import { dropUnused } from "./drop_unused.ts";
import { joinPieces } from "./fused/join_pieces.ts";
import { joinProducts } from "./fused/join_products.ts";
import { joinSums } from "./fused/join_sums.ts";
import { fuseSegmentMeans } from "./fused/segment_means.ts";
import { simplify } from "./fused/simplify.ts";
import { orderProducts } from "./fused/order_products.ts";
import { splitRows } from "./fused/split_rows.ts";
import { keepConstants } from "./keep_constants.ts";
import { keepDomains } from "./keep_domains.ts";
import { keepMaximum } from "./keep_maximum.ts";
import { keepRounding } from "./keep_rounding.ts";
import { keepSoftmax } from "./keep_softmax.ts";
import { keepSums } from "./keep_sums.ts";
import { nativeBackend } from "../native/native_backend.ts";
import { shareConstants } from "./share_constants.ts";
import { shareNodes } from "./share_nodes.ts";
import type { Trace, TracedInput } from "./traced_call.ts";

/** The name of the node that runs after every variable has received its value. */
export const ALL_SET = "all_variables_set";

/** The name of the node that runs after every variable's memory has been freed. */
export const ALL_FREED = "all_variables_freed";

/** Returns the name that the variable with this index has in the graph. */
export function nameVariable(index: number): string {
  return `variable${index}`;
}

/** A trace, and the prefix that the names of its nodes have in a program's graph. */
export interface PrefixedTrace {
  readonly trace: Trace;
  readonly prefix: string;
}

/**
 * Returns the nodes for several traces and their variables.
 *
 * @param inHalves true if a batch may be split into two halves, so that two threads can compute
 * them
 */
export function programNodes(
  parts: readonly PrefixedTrace[],
  variables: readonly tf.Variable[],
  inHalves = false,
): GraphNode[] {
  const names = new Map(
    variables.map((variable, i) => [variable, nameVariable(i)]),
  );
  const all = (step: string) => [...names.values()].map((name) => `${name}/${step}`);
  return [
    ...[...names].flatMap(([variable, name]) => variableNodes(variable, name)),
    doneNode(ALL_SET, all("assign")),
    doneNode(ALL_FREED, all("free")),
    ...parts.flatMap(({ trace, prefix }) =>
      traceNodes(
        trace,
        prefix,
        (variable) => names.get(variable)!,
        inHalves,
      )
    ),
  ];
}

function traceNodes(
  trace: Trace,
  prefix: string,
  nameOf: (variable: tf.Variable) => string,
  inHalves: boolean,
): GraphNode[] {
  const handles = new Map(
    trace.variables.map(({ variable, handle }) => [handle, nameOf(variable)]),
  );
  const within = (input: string) =>
    input.startsWith("^")
      ? `^${prefix}/${input.slice(1)}`
      : handles.get(input) ?? `${prefix}/${input}`;
  const rates = trace.rates.map(({ node }) => ({
    node,
    dataType: dataTypes.float32,
    shape: [],
  }));
  const fed = [...trace.arguments, ...trace.captured, ...rates];
  const inputs = fed.map((input) => placeholder(within(input.node), input));
  const reads: GraphNode[] = [];
  const assignments: GraphNode[] = [];
  const updated: string[] = [];
  for (const { variable, read, assigned, updated: update } of trace.variables) {
    const name = nameOf(variable);
    const dtype = typeAttribute(typeOf(variable));
    if (read) {
      reads.push({
        name: within(read),
        operation: "ReadVariableOp",
        inputs: [name],
        attributes: { dtype },
      });
    }
    if (!assigned) continue;
    if (update) updated.push(within(update.node));
    // The last change to the variable was an in-place update, so no assignment is needed.
    if (assigned === update?.value) continue;
    // The old value must be read before it is overwritten.
    const earlier = [read, update?.value].filter((node) => node !== undefined);
    const inputs = [
      name,
      within(assigned),
      ...earlier.map((node) => `^${within(node)}`),
    ];
    assignments.push({
      name: within(`assign_${name}`),
      operation: "AssignVariableOp",
      inputs,
      attributes: { dtype },
    });
  }
  const body = bodyOf(trace, inHalves).map((node) => ({
    ...node,
    name: within(node.name),
    inputs: node.inputs.map(within),
  }));
  const updates = within("updates");
  const results = trace.results.map(({ tensor, dataType }, i): GraphNode => ({
    name: within(`result${i}`),
    operation: "Identity",
    inputs: [within(tensor), `^${updates}`],
    attributes: { T: typeAttribute(dataType) },
  }));
  return [
    ...inputs,
    ...reads,
    ...body,
    ...assignments,
    {
      name: updates,
      operation: "NoOp",
      inputs: [...assignments.map(({ name }) => name), ...updated].map((node) => `^${node}`),
      attributes: {},
    },
    doneNode(within("done"), [updates]),
    ...results,
  ];
}

/** Returns the nodes of a trace in the form that TensorFlow will run. */
function bodyOf(trace: Trace, inHalves: boolean): GraphNode[] {
  const needed = new Set([
    ...trace.results.map(({ tensor }) => tensor),
    ...trace.variables.flatMap(({ assigned }) => assigned ?? []),
  ]);
  const roots = [...needed, ...trace.variables.flatMap(({ updated }) => updated?.node ?? [])];
  const shared = shareNodes(dropUnused(shareConstants(trace.nodes, needed), roots), needed);
  if (trace.exact) return keepMaximum(keepRounding(keepSums(keepSoftmax(shared))));
  const simple = simplify(shared, trace.shapes);
  const joined = [fuseSegmentMeans, joinPieces, joinSums, joinProducts].reduce(
    (all, rewrite) => dropUnused(rewrite(all, simple.shapes, needed), roots),
    dropUnused(simple.nodes, roots),
  );
  if (!inHalves) return finish(joined);
  const { nodes, shapes } = splitRows(joined, simple.shapes, needed);
  return orderProducts(finish(nodes), shapes);

  function finish(nodes: readonly GraphNode[]): GraphNode[] {
    return keepMaximum(keepDomains(keepConstants(dropUnused(nodes, roots))));
  }
}

function variableNodes(
  variable: tf.Variable,
  name: string,
): GraphNode[] {
  const [dataType, shape] = [typeOf(variable), [...variable.shape]];
  const dtype = typeAttribute(dataType);
  const shapeAttribute: Attribute = { kind: "shape", value: shape };
  const sharedName: Attribute = { kind: "string", value: name };
  const value = `${name}/value`;
  return [
    {
      name,
      operation: "VarHandleOp",
      inputs: [],
      attributes: { dtype, shape: shapeAttribute, shared_name: sharedName },
    },
    placeholder(value, { dataType, shape }),
    {
      name: `${name}/assign`,
      operation: "AssignVariableOp",
      inputs: [name, value],
      attributes: { dtype },
    },
    {
      name: `${name}/get`,
      operation: "ReadVariableOp",
      inputs: [name],
      attributes: { dtype },
    },
    {
      name: `${name}/free`,
      operation: "DestroyResourceOp",
      inputs: [name],
      attributes: { ignore_lookup_error: { kind: "bool", value: true } },
    },
  ];
}

function placeholder(
  name: string,
  { dataType, shape }: Pick<TracedInput, "dataType" | "shape">,
): GraphNode {
  return {
    name,
    operation: "Placeholder",
    inputs: [],
    attributes: {
      dtype: typeAttribute(dataType),
      shape: { kind: "shape", value: shape },
    },
  };
}

/**
 * Returns a node that outputs a constant after the given nodes have run. Such a node is needed
 * because a run of a session must return at least one tensor.
 */
function doneNode(name: string, after: readonly string[]): GraphNode {
  return { ...int32Constant(name, [], [0]), inputs: after.map((node) => `^${node}`) };
}

function typeOf(variable: tf.Variable): number {
  return nativeBackend().tensorMap.get(variable.dataId).dtype;
}
