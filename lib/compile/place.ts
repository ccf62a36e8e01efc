/** Finds the current source line and tfjs function during a traced call. */
import * as tf from "@tensorflow/tfjs";

/** A place in the source. Formatting the stack is slow, so it waits until it is needed. */
export interface Place {
  readonly stack?: Error;
  /** The tfjs functions on the call stack, outermost first, such as `dropout`. */
  readonly functions: readonly string[];
}

/** Records which tfjs functions are running (engine.js, operation.js). */
interface EngineState {
  readonly state: { readonly scopeStack: readonly Scope[] };
}

interface Scope {
  readonly name: string;
}

const SUFFIX = "__op";

/** The name of the scope in which tfjs computes gradients (engine.js). */
const BACKWARD = "backward";

/**
 * Maps the scope of an outermost tfjs function or of a gradient to its call stack. All operations
 * in the scope have the same calling line, and capturing a stack takes longer than running an
 * operation.
 */
const stacks = new WeakMap<Scope, Error>();

/** A stack frame with one of these strings belongs to tfjs, the runtime or the compiler. */
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
 * @param line `exact` finds the line even in a gradient function that the user wrote. `shared`
 * costs much less, but inside a gradient it finds only the line that requested the gradient. `none`
 * finds no line.
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

/** Returns the first line of a place's stack that is outside tfjs, the runtime and the compiler. */
function lineOf(place: Place | undefined): string | undefined {
  const lines = place?.stack?.stack?.split("\n").slice(1) ?? [];
  const line = lines.find((text) => !inner.some((part) => text.includes(part)));
  return line?.trim().replace(/^at /, "");
}

/**
 * Describes a place in words that can be appended to a sentence, such as
 * ` in tf.dropout, called at file:///…:3:5`.
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
