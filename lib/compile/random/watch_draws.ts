/**
 * Detects tensors that tfjs fills with random numbers while a call is traced. The graph draws these
 * tensors again in each run. A draw with the caller's own seed gives the same numbers in each call,
 * so its tensor remains a constant.
 */
import type * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "../replace_method.ts";
import type { Drawing } from "./draw_tensor.ts";
import { drawingFunctions, generatorClasses, type RandomGenerator } from "./generators.ts";

export class DrawWatch {
  /**
   * True if a drawing function has taken a seed from Math.random since the last tensor was filled.
   * The caller then gave no seed.
   */
  #hasNoSeed = false;
  /** The generator that fills the current tensor. */
  #generator: { readonly of: RandomGenerator; readonly isSeeded: boolean } | undefined;

  /**
   * Returns whether tfjs is calling Math.random to make the seed of its next draw.
   *
   * @param functions the tfjs functions on the call stack, outermost first
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
            // Tensors that the graph draws do not need tfjs' numbers.
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

  /** Returns how to draw the current tensor, if the graph should draw it. */
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
