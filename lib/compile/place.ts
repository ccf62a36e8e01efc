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
  readonly state: { readonly scopeStack: readonly Scope[] };
}

interface Scope {
  readonly name: string;
}

const SUFFIX = "__op";

/** The scope in which tfjs computes gradients (engine.js). */
const BACKWARD = "backward";

/**
 * Stacks by the outermost function of tfjs that was running, or by the gradient that tfjs was
 * computing. The calling line is the same for all their operations, and taking a stack takes longer
 * than an operation.
 */
const stacks = new WeakMap<Scope, Error>();

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
 * @param line `exact` also finds the line in a gradient of the user's own; `shared` costs much
 * less, and finds the line that requested the gradient; `none` finds no line
 */
export function here(line: "exact" | "shared" | "none" = "exact"): Place {
  const { scopeStack } = (tf.engine() as unknown as EngineState).state;
  const functions: string[] = [];
  let outermost: Scope | undefined;
  for (const scope of scopeStack) {
    const isFunction = scope.name.endsWith(SUFFIX);
    if (isFunction) functions.push(scope.name.slice(0, -SUFFIX.length));
    if (isFunction || scope.name === BACKWARD) outermost ??= scope;
  }
  if (line === "none") return { functions };
  const known = line === "shared" && outermost ? stacks.get(outermost) : undefined;
  const stack = known ?? new Error();
  if (outermost) stacks.set(outermost, stack);
  return { stack, functions };
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
