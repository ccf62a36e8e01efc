/**
 * Compares two traces of the same call. If a value, such as the current time, differs between the
 * two traces, then the call cannot become a graph, because the graph would always use the value
 * from the first trace.
 */
import { CompileError } from "./compile_error.ts";
import { DRAW_OTHERWISE } from "./frozen_values.ts";
import type { Attribute, GraphNode } from "./graph_def.ts";
import type { ChangedRates, Rate } from "./optimizers.ts";
import { describePlace, type Place } from "./place.ts";
import type { RecordedCall } from "./traced_call.ts";

/**
 * The result of a comparison: the learning rates that were found among the constants, or the reason
 * why the call cannot become a graph.
 */
export type TraceComparison =
  | { readonly rates: readonly Rate[] }
  | { readonly refusal: CompileError };

/**
 * Compares two runs of the same call.
 *
 * @param changed the temporary learning rates that the optimizers had in the second run
 */
export function compareTraces(
  first: RecordedCall,
  second: RecordedCall,
  changed: ChangedRates,
): TraceComparison {
  const rates: Rate[] = [];
  for (const [i, node] of first.nodes.entries()) {
    const again = second.nodes[i];
    if (again === undefined) return { refusal: otherOperations(first, node) };
    if (sameNode(node, again)) continue;
    const rate = changed.explain(node, again);
    if (!rate) return { refusal: refuse(first, node, again) };
    rates.push(rate);
  }
  const more = second.nodes[first.nodes.length];
  if (more) return { refusal: otherOperations(second, more) };
  const refusal = compareEnds(first, second);
  return refusal ? { refusal } : { rates };
}

function refuse(
  first: RecordedCall,
  node: GraphNode,
  again: GraphNode,
): CompileError {
  const isConstant = node.operation === "Const" && again.operation === "Const";
  if (!isConstant) return otherOperations(first, node);
  const place = describePlace(first.placeOf(node.name));
  return new CompileError(
    `A compiled function made numbers in JavaScript${place}, and others when it was called again with the same arguments. ` +
      "A graph would use the first ones forever. Pass values that change from call to call as arguments, or keep them in " +
      "variables. " +
      DRAW_OTHERWISE,
  );
}

function otherOperations(call: RecordedCall, node: GraphNode): CompileError {
  return refuseOther(call.placeOf(node.name), node.operation);
}

/**
 * Returns the error for a function that did something different when it was called again.
 *
 * @param first the place of the first difference
 * @param operation the operation that was called there
 */
export function refuseOther(first: Place | undefined, operation: string): CompileError {
  const place = describePlace(first, operation);
  return new CompileError(
    "A compiled function did something else when it was called again with the same arguments; the first difference is" +
      `${place}. A graph would always do what the first call did. Let the choice depend on an argument or a variable ` +
      "(with tf.where).",
  );
}

function compareEnds(
  first: RecordedCall,
  second: RecordedCall,
): CompileError | undefined {
  const [a, b] = [first, second].map(({ captured, variables, results }) => [
    ...captured.map(({ dataId }) => dataId),
    "variables",
    ...variables.flatMap((
      { variable, read, assigned },
    ) => [variable, read, assigned]),
    "results",
    ...results.map(({ tensor }) => tensor),
  ]);
  if (a.length === b.length && a.every((part, i) => part === b[i])) {
    return undefined;
  }
  return new CompileError(
    "A compiled function used other tensors, changed other variables or returned other results when it was called again " +
      "with the same arguments. A graph would always do what the first call did: pass in what changes as an argument, " +
      "or keep it in a tf.variable.",
  );
}

function sameNode(a: GraphNode, b: GraphNode): boolean {
  const [names, others] = [a, b].map(({ attributes }) => Object.keys(attributes));
  return a.name === b.name && sameList(a.inputs, b.inputs) &&
    sameList(names, others) &&
    names.every((name) => sameAttribute(a.attributes[name], b.attributes[name]));
}

function sameAttribute(a: Attribute, b: Attribute): boolean {
  if (a.kind === "tensor" && b.kind === "tensor") {
    return a.value.dataType === b.value.dataType &&
      sameList(a.value.shape, b.value.shape) &&
      sameList(a.value.values, b.value.values);
  }
  return a.kind === b.kind &&
    (Array.isArray(a.value) && Array.isArray(b.value)
      ? sameList(a.value, b.value)
      : Object.is(a.value, b.value));
}

function sameList(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  return a.length === b.length &&
    Array.from(a).every((value, i) => Object.is(value, b[i]));
}
