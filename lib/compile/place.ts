/** Finds out which source line and which tfjs function are running during a traced call. */
import * as tf from "@tensorflow/tfjs";

/**
 * A place in the source code. The call stack is kept as an Error, because formatting it is slow and
 * is done only when the text is needed.
 */
export interface Place {
  readonly stack?: Error;
  /**
   * The names of the tfjs functions on the call stack, such as `dropout`. The outermost function
   * comes first.
   */
  readonly functions: readonly string[];
}

/**
 * The part of tfjs' engine that records which tfjs functions are running (engine.js, operation.js).
 */
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
 * Maps the scope of an outermost tfjs function or of a gradient to the call stack of this scope.
 * The stack is captured once per scope, because capturing it takes longer than running an
 * operation. All the operations in the scope are called from the same line of code.
 */
const stacks = new WeakMap<Scope, Error>();

/**
 * If a stack frame contains one of these strings, then it belongs to tfjs, the runtime or the
 * compiler.
 */
const inner = (): readonly string[] => [
  "node_modules",
  "(<anonymous>)",
  "ext:",
  // A classic script in a browser has no `import.meta.resolve`, and needs no places.
  import.meta.resolve("./"),
  import.meta.resolve("../native/"),
];

/**
 * Returns the place in the source code that is running now.
 *
 * @param line how to look for the line. `exact` finds the line even in a gradient function that the
 * user wrote. `shared` takes much less time, but inside a gradient it finds only the line that
 * requested the gradient. `none` does not look for the line.
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

/**
 * Returns the innermost line of a place's stack that is outside tfjs, the runtime and the compiler.
 */
function lineOf(place: Place | undefined): string | undefined {
  const lines = place?.stack?.stack?.split("\n").slice(1) ?? [];
  const parts = inner();
  const line = lines.find((text) => !parts.some((part) => text.includes(part)));
  return line?.trim().replace(/^at /, "");
}

/**
 * Describes a place in words that can be appended to a sentence, such as
 * ` in tf.dropout, called at file:///…:3:5`.
 *
 * @param operation the name of the operation, which is used if no tfjs function is running
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
