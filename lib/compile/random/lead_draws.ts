/**
 * Leads the random numbers of calls that run in plain tfjs. A compiled function runs some of its
 * calls in this way. Their random numbers then come from the same seed and counter as those of the
 * graph, and they are the numbers that the graph would draw.
 */
import { nativeBackend } from "../../native/native_backend.ts";
import { here } from "../place.ts";
import { replaceMethod } from "../replace_method.ts";
import { replaceMultinomial } from "./draw_multinomial.ts";
import { redraw } from "./draw_tensor.ts";
import type { Draws } from "./draws.ts";
import { DrawWatch } from "./watch_draws.ts";

/** Makes a call in plain tfjs. If a random function gets no seed, then `draws` makes its key. */
export function leadDraws<T>(draws: Draws, call: () => T): T {
  const backend = nativeBackend();
  const watch = new DrawWatch();
  draws.open();
  const undo = [
    replaceMethod(Math, "random", (random) => () => {
      watch.asksForSeed(here("none").functions);
      return random();
    }),
    replaceMethod(backend, "write", (write) => (values, shape, dtype) => {
      const dataId = write.call(backend, values, shape, dtype);
      const drawing = watch.takeDrawing(shape, dtype);
      if (drawing) redraw(dataId, drawing, draws);
      return dataId;
    }),
    replaceMultinomial(draws),
  ];
  try {
    return watch.during(() => draws.during(call));
  } finally {
    for (const one of undo) one();
    draws.closeUnused();
  }
}
