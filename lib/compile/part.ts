/** Prepares a trace for use in a program, which combines several traces. */
import type * as tf from "@tensorflow/tfjs";
import { RateFeeds } from "./rate_feeds.ts";
import type { Trace } from "./traced_call.ts";

/** A trace that is ready to run in a program. */
export interface Part {
  readonly trace: Trace;
  readonly name: string;
  readonly prefix: string;
  readonly inputNames: string;
  readonly outputNames: string;
  readonly rates: RateFeeds;
}

/**
 * Converts a trace to a part of a program.
 *
 * @param prefix the prefix that the names of the trace's nodes get in the program
 */
export function toPart(trace: Trace, name: string, prefix: string): Part {
  const inputs = [...trace.arguments, ...trace.captured, ...trace.rates];
  const names = (nodes: readonly string[]) => nodes.map((node) => `${prefix}/${node}`).join(",");
  return {
    trace,
    name,
    prefix,
    inputNames: names(inputs.map(({ node }) => node)),
    // A run needs at least one output, even if the function returns nothing.
    outputNames: names(["done", ...trace.results.map((_, i) => `result${i}`)]),
    rates: new RateFeeds(trace.rates),
  };
}

/** Returns the variables that the parts use, without duplicates. */
export function variablesOf(parts: readonly Part[]): tf.Variable[] {
  const variables = parts.flatMap(({ trace }) => trace.variables.map(({ variable }) => variable));
  return [...new Set(variables)];
}
