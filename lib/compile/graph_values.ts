/**
 * Data and attributes as tfjs-node hands them to TensorFlow, in the form that graphs have them in.
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import type { Attribute, Constant } from "./graph_def.ts";
import type { Binding, OperationAttribute } from "../native/native_backend.ts";

/** A constant with fewer values than this has all of them, even where they are the same. */
const FEW = 17;

/** Data from JavaScript as part of a graph: one value for all where many are the same bits. */
export function toConstant(
  shape: readonly number[],
  dataType: number,
  values: Constant["values"],
): Constant {
  const same = values.length >= FEW &&
    values.every((value) => Object.is(value, values[0]));
  return {
    dataType,
    shape: [...shape],
    values: values.slice(0, same ? 1 : undefined),
  };
}

/**
 * Numbers in the form that graphs have them in.
 *
 * @throws {CompileError} for text
 */
export function toNumbers(
  values: tf.backend_util.BackendValues,
): Constant["values"] {
  if (Array.isArray(values)) {
    throw new CompileError(
      "A compiled function made a tensor of strings, which no graph of ours can hold.",
    );
  }
  return values instanceof Uint8ClampedArray ? new Uint8Array(values) : values;
}

/**
 * Attributes that kernels of tfjs-node leave out or get wrong, since TensorFlow's eager mode infers
 * them from an input. Graphs have to have them right.
 */
const inferred: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
  // The kernel gives the type of what it was called with, and hands over numbers where that is
  // bool.
  Mean: { T: 0 },
};

/**
 * An operation's types that its kernel has left out.
 *
 * @param typeOf the data type of one of its inputs
 */
export function inferAttributes(
  operation: string,
  typeOf: (input: number) => number,
): Record<string, Attribute> {
  const types = Object.entries(inferred[operation] ?? {}).map((
    [name, input],
  ): [string, Attribute] => [name, { kind: "type", value: typeOf(input) }]);
  return Object.fromEntries(types);
}

/**
 * The value of an operation's attribute.
 *
 * @throws {CompileError} for kinds that no kernel of tfjs-node is known to use
 */
export function convertAttribute(
  binding: Binding,
  operation: string,
  { name, type, value }: OperationAttribute,
): Attribute {
  const list = Array.isArray(value);
  switch (type) {
    case binding.TF_ATTR_STRING:
      if (typeof value === "string") return { kind: "string", value };
      break;
    case binding.TF_ATTR_INT:
      return list ? { kind: "ints", value } : { kind: "int", value: Number(value) };
    case binding.TF_ATTR_FLOAT:
      return list ? { kind: "floats", value } : { kind: "float", value: Number(value) };
    case binding.TF_ATTR_BOOL:
      return list ? { kind: "bools", value } : { kind: "bool", value: Boolean(value) };
    case binding.TF_ATTR_TYPE:
      return list ? { kind: "types", value } : { kind: "type", value: Number(value) };
    case binding.TF_ATTR_SHAPE:
      if (list) return { kind: "shape", value };
      break;
  }
  throw new CompileError(
    `The operation ${operation} has an attribute, ${name}, of a kind that cannot be compiled.`,
  );
}
