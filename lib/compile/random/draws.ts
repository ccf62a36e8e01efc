/**
 * Makes the keys for the random tensors of compiled functions. A key consists of two numbers. The
 * first number is derived from the seed and from the index of the draw within the call. The second
 * number comes from a variable that counts the calls. If a run is resumed with its seed and its
 * counter, then it draws the same numbers as an uninterrupted run.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../../random.ts";
import { CompileError } from "../compile_error.ts";

/** Options for random numbers in compiled functions. */
export interface DrawOptions {
  /** An integer from 0 to 2^53 − 1. By default, the seed is random. */
  readonly seed?: number;
  /**
   * An int32 scalar variable that counts the calls that draw random numbers. By default, a new
   * counter is created, which starts at 0. To resume a run later, save the counter's value with the
   * model's weights.
   */
  readonly counter?: tf.Variable;
}

export class Draws {
  readonly #seed: number;
  readonly #given: tf.Variable | undefined;
  #own: tf.Variable | undefined;
  /** The value of the counter `#own` when it was disposed of. */
  #reached = 0;
  #isUsed = false;
  #drawn = 0;

  constructor({ seed, counter }: DrawOptions = {}) {
    requireSeed(seed);
    requireCounter(counter);
    this.#seed = seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
    this.#given = counter;
  }

  /**
   * Creates the counter if there is none. Call this method before tracing, which needs the counter.
   */
  open(): void {
    if (this.#given || this.#own) return;
    const start = tf.scalar(this.#reached, "int32");
    this.#own = tf.variable(start, false);
    start.dispose();
  }

  closeUnused(): void {
    if (!this.#isUsed) this.dispose();
  }

  /** Disposes of the counter if this object created it, but remembers its value. */
  dispose(): void {
    if (this.#own && !this.#own.isDisposed) {
      if (this.#isUsed) this.#reached = this.#own.dataSync()[0];
      this.#own.dispose();
    }
    this.#own = undefined;
    this.#isUsed = false;
  }

  /** Runs a call. If the call draws random numbers, then the counter increases by one. */
  during<T>(call: () => T): T {
    this.#drawn = 0;
    const result = call();
    if (this.#drawn > 0) {
      this.#isUsed = true;
      tf.tidy(() => this.#counter.assign(this.#counter.add(tf.scalar(1, "int32"))));
    }
    return result;
  }

  /** Returns the key for the next draw of a call, as an int32 tensor of shape `[2]`. */
  nextKey(): tf.Tensor1D {
    const seed = deriveSeed(this.#seed, "draw", this.#drawn++);
    return tf.stack([tf.scalar(seed, "int32"), this.#counter]) as tf.Tensor1D;
  }

  get #counter(): tf.Variable {
    return (this.#given ?? this.#own)!;
  }
}

function requireSeed(seed: number | undefined): void {
  if (seed === undefined || Number.isSafeInteger(seed) && seed >= 0) return;
  throw new CompileError(
    `Seeding a compiled function: wanted an integer from 0 to 2^53 − 1, found ${seed}.`,
  );
}

function requireCounter(counter: tf.Variable | undefined): void {
  if (!counter || counter.dtype === "int32" && counter.rank === 0) return;
  throw new CompileError(
    "Seeding a compiled function: wanted an int32 scalar variable as the counter, found " +
      `${counter.dtype}[${counter.shape}]. Make it with tf.variable(tf.scalar(0, "int32"), false).`,
  );
}
