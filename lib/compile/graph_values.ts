/**
 * Converts data and attributes of operations from tfjs-node's form to the form that TensorFlow
 * graphs use.
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import type { Attribute, Constant } from "./graph_def.ts";
import type { Binding, OperationAttribute } from "../native/native_backend.ts";

/**
 * If a constant has fewer values than this, then all of them are stored, even if they are equal.
 */
const FEW = 17;

/**
 * Converts data from JavaScript to a constant of a graph. If all values of a large constant have
 * the same bits, then only one of the values is stored.
 */
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
 * Returns the values of a tensor as an array of numbers.
 *
 * @throws {CompileError} when the values are strings
 */
export function toNumbers(
  values: tf.backend_util.BackendValues,
): Constant["values"] {
  if (Array.isArray(values)) {
    throw new CompileError(
      "A compiled function made a tensor of strings, which a compiled graph cannot contain.",
    );
  }
  return values instanceof Uint8ClampedArray ? new Uint8Array(values) : values;
}

/**
 * For each operation, the type attributes that tfjs-node's kernel omits or sets incorrectly. Each
 * attribute is mapped to the position of an input, and the type of this input is the correct value
 * of the attribute. In eager mode TensorFlow infers this type, but a graph must state it.
 */
const inferred: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
  // tfjs-node's kernel sets the attribute `T` to the type of its argument, which may be bool. But
  // it converts the argument to float32 before it calls TensorFlow.
  Mean: { T: 0 },
};

/**
 * Sets the type attributes that an operation's kernel omits or sets wrongly.
 *
 * @param typeOf a function that returns the data type of the input at a position
 * @param attributes the attributes that the kernel has set
 */
export function inferAttributes(
  operation: string,
  typeOf: (input: number) => number,
  attributes: Record<string, Attribute>,
): void {
  const types = inferred[operation];
  if (!types) return;
  for (const [name, input] of Object.entries(types)) {
    attributes[name] = { kind: "type", value: typeOf(input) };
  }
}

/**
 * Converts the value of an operation's attribute to the form that graphs use.
 *
 * @throws {CompileError} when the attribute is of a kind that no known kernel of tfjs-node uses
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
