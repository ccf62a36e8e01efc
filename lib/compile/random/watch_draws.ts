/**
 * Detects tensors that tfjs fills with random numbers while a call is traced. In each run, the
 * graph draws new numbers for these tensors. If the caller gave a seed, then every call draws the
 * same numbers, and the tensor becomes a constant of the graph.
 */
import type * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "../replace_method.ts";
import type { Drawing } from "./draw_tensor.ts";
import { drawingFunctions, generatorClasses, type RandomGenerator } from "./generators.ts";

export class DrawWatch {
  /**
   * Whether a drawing function has taken a seed from Math.random since the last tensor was filled.
   * This happens only if the caller gave no seed.
   */
  #hasNoSeed = false;
  /** The generator that fills the current tensor, and whether the caller gave its seed. */
  #generator: { readonly of: RandomGenerator; readonly isSeeded: boolean } | undefined;

  /**
   * Returns whether tfjs is calling Math.random to make the seed of its next draw.
   *
   * @param functions names of the tfjs functions on the call stack, outermost first
   */
  asksForSeed(functions: readonly string[]): boolean {
    const asks = drawingFunctions.has(functions.at(-1) ?? "");
    if (asks) this.#hasNoSeed = true;
    return asks;
  }

  during<T>(call: () => T): T {
    const undo = generatorClasses().map((prototype) => {
      const watch = (generator: RandomGenerator) => this.#isSeeded(generator);
      return replaceMethod(
        prototype,
        "nextValue",
        (original) =>
          function (this: RandomGenerator) {
            // If the graph draws the tensor, then the numbers of tfjs are not needed.
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

  /** Returns how to draw the current tensor, or undefined if the graph should not draw it. */
  takeDrawing(shape: readonly number[], dtype: tf.DataType): Drawing | undefined {
    const generator = this.#generator;
    this.#generator = undefined;
    this.#hasNoSeed = false;
    if (!generator || generator.isSeeded) return undefined;
    return { generator: generator.of, shape, dtype };
  }

  #isSeeded(generator: RandomGenerator): boolean {
    if (this.#generator?.of !== generator) {
      this.#generator = { of: generator, isSeeded: !this.#hasNoSeed };
      this.#hasNoSeed = false;
    }
    return this.#generator.isSeeded;
  }
}
