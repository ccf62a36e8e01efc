/** Where in the source, and in which function of tfjs, something happens while a call is traced. */
import * as tf from "@tensorflow/tfjs";

/** A place; its stack is put into words only when somebody asks. */
export interface Place {
  readonly stack?: Error;
  /** Names of tfjs' functions that are running, the outermost first, such as `dropout`. */
  readonly functions: readonly string[];
}

/** What tfjs' engine keeps of the functions that are running (engine.js, operation.js). */
interface EngineState {
  readonly state: { readonly scopeStack: readonly { readonly name: string }[] };
}

const SUFFIX = "__op";

/** Frames of a stack that don't name the caller: tfjs', the runtime's, the compiler's own. */
const inner = [
  "node_modules",
  "(<anonymous>)",
  "ext:",
  import.meta.resolve("./"),
  import.meta.resolve("../native/"),
];

/**
 * The present place.
 *
 * @param hasLine whether its line is wanted
 */
export function here(hasLine = true): Place {
  const { scopeStack } = (tf.engine() as unknown as EngineState).state;
  const functions = scopeStack
    .filter(({ name }) => name.endsWith(SUFFIX))
    .map(({ name }) => name.slice(0, -SUFFIX.length));
  return hasLine ? { stack: new Error(), functions } : { functions };
}

/** The first line of a place's stack that is neither tfjs' nor this folder's. */
function lineOf(place: Place | undefined): string | undefined {
  const lines = place?.stack?.stack?.split("\n").slice(1) ?? [];
  const line = lines.find((text) => !inner.some((part) => text.includes(part)));
  return line?.trim().replace(/^at /, "");
}

/**
 * A place in words, to stand behind a verb: ` in tf.dropout, called at file:///…:3:5`.
 *
 * @param operation is named where no function of tfjs is
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
