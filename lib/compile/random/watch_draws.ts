/**
 * Notices which tensors tfjs fills with random numbers while a call is traced, so that the graph
 * draws them in each run.
 *
 * A draw with a seed of its own gives the same numbers in each call; these stay what they are.
 */
import type * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "../replace_method.ts";
import type { Drawing } from "./draw_tensor.ts";
import { drawingFunctions, type Generator, generatorClasses } from "./generators.ts";

export class DrawWatch {
  /** Whether a function that draws has asked for a seed since the last tensor was filled. */
  #hasNoSeed = false;
  /** What fills the present tensor. */
  #generator: { readonly of: Generator; readonly isSeeded: boolean } | undefined;

  /**
   * Whether a call of Math.random is for the seed of tfjs' next draw.
   *
   * @param functions tfjs' functions that are running, the outermost first
   */
  asksForSeed(functions: readonly string[]): boolean {
    const asks = drawingFunctions.has(functions.at(-1) ?? "");
    if (asks) this.#hasNoSeed = true;
    return asks;
  }

  /** Watches tfjs' generators during a call. */
  during<T>(call: () => T): T {
    const undo = generatorClasses().map((prototype) => {
      const watch = (generator: Generator) => this.#isSeeded(generator);
      return replaceMethod(
        prototype,
        "nextValue",
        (original) =>
          function (this: Generator) {
            // What the graph draws instead need not be computed.
            return watch(this) ? original.call(this) : 0;
          },
      );
    });
    try {
      return call();
    } finally {
      for (const one of undo) one();
    }
  }

  /** What the data that tfjs hands over now was drawn from, if the graph is to draw it. */
  takeDrawing(shape: readonly number[], dtype: tf.DataType): Drawing | undefined {
    const generator = this.#generator;
    this.#generator = undefined;
    this.#hasNoSeed = false;
    if (!generator || generator.isSeeded) return undefined;
    return { generator: generator.of, shape, dtype };
  }

  #isSeeded(generator: Generator): boolean {
    if (this.#generator?.of !== generator) {
      this.#generator = { of: generator, isSeeded: !this.#hasNoSeed };
      this.#hasNoSeed = false;
    }
    return this.#generator.isSeeded;
  }
}
