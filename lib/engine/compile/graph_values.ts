/** Data and attributes as tfjs-node hands them to TensorFlow, in the form that graphs have them in. */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import type { Attribute, Constant } from "./graph_def.ts";
import type { Binding, OperationAttribute } from "./native_backend.ts";

/** More numbers than this from JavaScript, if they are not all the same, are taken for data. */
const MOST_NUMBERS = 16;

/**
 * Data from JavaScript as part of a graph: a few numbers, or any number of equal ones.
 *
 * @throws {CompileError} for what would be frozen in the graph and should not be
 */
export function toConstant(
  shape: readonly number[],
  dataType: number,
  values: tf.backend_util.BackendValues,
): Constant {
  const count = shape.reduce((product, size) => product * size, 1);
  if (Array.isArray(values)) {
    throw new CompileError(
      "A compiled function made a tensor of strings, which no graph of ours can hold.",
    );
  }
  const numbers = values instanceof Uint8ClampedArray
    ? new Uint8Array(values)
    : values;
  if (count <= MOST_NUMBERS) {
    return { dataType, shape: [...shape], values: numbers.slice() };
  }
  if (numbers.every((value) => value === numbers[0])) {
    return { dataType, shape: [...shape], values: numbers.slice(0, 1) };
  }
  throw new CompileError(
    `A compiled function made a tensor of shape [${shape}] from ${count} numbers in JavaScript. They would be the same in ` +
      "every run of the graph, which for random numbers (tf.randomNormal, tf.dropout, …) and for data is wrong. Draw " +
      "random numbers with normal() and uniform() of random_tensors.ts; hand data in as an argument, or make it outside.",
  );
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
      return list
        ? { kind: "ints", value }
        : { kind: "int", value: Number(value) };
    case binding.TF_ATTR_FLOAT:
      return list
        ? { kind: "floats", value }
        : { kind: "float", value: Number(value) };
    case binding.TF_ATTR_BOOL:
      return list
        ? { kind: "bools", value }
        : { kind: "bool", value: Boolean(value) };
    case binding.TF_ATTR_TYPE:
      return list
        ? { kind: "types", value }
        : { kind: "type", value: Number(value) };
    case binding.TF_ATTR_SHAPE:
      if (list) return { kind: "shape", value };
      break;
  }
  throw new CompileError(
    `The operation ${operation} has an attribute, ${name}, of a kind that cannot be compiled.`,
  );
}
