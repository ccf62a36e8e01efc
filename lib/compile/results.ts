/** Converts the results of a compiled function to a list of tensors and back. */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";

/**
 * The results of a function that can be compiled: a tensor, a list or record of tensors, or
 * nothing.
 */
export type Results =
  | tf.Tensor
  | readonly tf.Tensor[]
  | Readonly<Record<string, tf.Tensor>>
  | void;

/** The results as a list of tensors, with a function that restores their original form. */
export interface Form {
  readonly tensors: tf.Tensor[];
  readonly putTogether: (tensors: tf.Tensor[]) => Results;
  /** A description of the results' form. It is the same for all results of the same form. */
  readonly kind: string;
}

/**
 * Converts the results of a function to a list of tensors.
 *
 * @throws {CompileError} when a value cannot be the result of a graph
 */
export function takeApart(results: unknown): Form {
  if (results === undefined) {
    return { tensors: [], putTogether: () => undefined, kind: "nothing" };
  }
  if (results instanceof tf.Tensor) {
    return {
      tensors: [results],
      putTogether: ([tensor]) => tensor,
      kind: "a tensor",
    };
  }
  if (Array.isArray(results)) {
    return {
      tensors: requireResults(results),
      putTogether: (tensors) => tensors,
      kind: `${results.length} tensors`,
    };
  }
  if (!isRecord(results)) throw notResults(nameKind(results));
  const names = Object.keys(results);
  return {
    tensors: requireResults(Object.values(results)),
    putTogether: (tensors) => Object.fromEntries(names.map((name, i) => [name, tensors[i]])),
    kind: `a record of ${names.join(", ")}`,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function requireResults(results: readonly unknown[]): tf.Tensor[] {
  const other = results.find((result) => !(result instanceof tf.Tensor));
  if (other === undefined && !results.includes(undefined)) {
    return [...results] as tf.Tensor[];
  }
  throw notResults(`${nameKind(other)} among its results`);
}

/** Returns the error for a value that a compiled function cannot return. */
export function notResults(found: string): CompileError {
  const promise = found === "a promise"
    ? " An async function cannot be compiled: wait for data outside it."
    : "";
  return new CompileError(
    "A compiled function returns a tensor, or an array or a record of tensors, or nothing; found " +
      `${found}.${promise}`,
  );
}

/** Names the kind of a value for an error message, such as `a string`. */
export function nameKind(value: unknown): string {
  if (value instanceof Promise) {
    // Nothing waits for the promise any more, so its failure must not be reported as unhandled.
    value.catch(() => {});
    return "a promise";
  }
  if (value === null || value === undefined) return `${value}`;
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  return `an object of the class ${value.constructor?.name ?? "unknown"}`;
}
