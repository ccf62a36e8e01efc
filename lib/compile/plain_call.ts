/**
 * Makes calls of compiled functions in plain tfjs, because they have no graph. Their random numbers
 * and their gradients are the same as in a graph, so that results do not depend on whether a call
 * has a graph.
 */
import { fuseGradients } from "./fused/gradients.ts";
import { leadDraws } from "./random/lead_draws.ts";
import type { TraceOptions } from "./record_call.ts";

export function callPlainly<T>({ exact, draws }: TraceOptions, call: () => T): T {
  // tfjs' own gradients of some functions cannot be differentiated again.
  const restoreGradients = exact ? () => {} : fuseGradients();
  try {
    return leadDraws(draws, call);
  } finally {
    restoreGradients();
  }
}
