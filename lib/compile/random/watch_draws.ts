/**
 * Detects the tensors that tfjs fills with random numbers while a call is traced, so that the graph
 * can draw them anew in each run. If the caller passes a seed to tfjs, the draw gives the same
 * numbers in each call, so its tensor remains a constant.
 */
import type * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "../replace_method.ts";
import type { Drawing } from "./draw_tensor.ts";
import { drawingFunctions, generatorClasses, type RandomGenerator } from "./generators.ts";

export class DrawWatch {
  /**
   * True if a drawing function has taken a seed from Math.random since the last tensor was filled.
   * This means that the caller gave it no seed.
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

  /** Watches tfjs' generators during a call. */
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

  /**
   * If tfjs has filled the current tensor with random numbers that the graph should draw itself,
   * returns how to draw them.
   */
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
