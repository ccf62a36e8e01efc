/**
 * Finds the place in the source, and the function of tfjs, at which something happens while a call
 * is traced.
 */
import * as tf from "@tensorflow/tfjs";

/** A place. Its stack is formatted only when it is needed. */
export interface Place {
  readonly stack?: Error;
  /** The names of the tfjs functions on the call stack, outermost first, such as `dropout`. */
  readonly functions: readonly string[];
}

/** The record that tfjs' engine keeps of the running functions (engine.js, operation.js). */
interface EngineState {
  readonly state: { readonly scopeStack: readonly { readonly name: string }[] };
}

const SUFFIX = "__op";

/** Stack frames that do not name the caller: those of tfjs, the runtime and the compiler. */
const inner = [
  "node_modules",
  "(<anonymous>)",
  "ext:",
  import.meta.resolve("./"),
  import.meta.resolve("../native/"),
];

/**
 * Returns the current place.
 *
 * @param hasLine true if its line is needed
 */
export function here(hasLine = true): Place {
  const { scopeStack } = (tf.engine() as unknown as EngineState).state;
  const functions = scopeStack
    .filter(({ name }) => name.endsWith(SUFFIX))
    .map(({ name }) => name.slice(0, -SUFFIX.length));
  return hasLine ? { stack: new Error(), functions } : { functions };
}

/** Returns the first line of a place's stack outside tfjs and this folder. */
function lineOf(place: Place | undefined): string | undefined {
  const lines = place?.stack?.stack?.split("\n").slice(1) ?? [];
  const line = lines.find((text) => !inner.some((part) => text.includes(part)));
  return line?.trim().replace(/^at /, "");
}

/**
 * Describes a place in words that follow a verb: ` in tf.dropout, called at file:///…:3:5`.
 *
 * @param operation the operation to name if no tfjs function is running
 */
export function describePlace(
  place: Place | undefined,
  operation?: string,
): string {
  const [outermost] = place?.functions ?? [];
  const name = outermost ? `tf.${outermost}` : operation;
  const line = lineOf(place);
  if (!name) return line ? `, at ${line}` : "";
  return ` in ${name}` + (line ? `, called at ${line}` : "");
}
