/**
 * The keys of the random tensors that compiled functions draw. A key consists of a number for each
 * draw of a call, made of the seed, and of a counter of calls, which is a variable: a run that is
 * resumed with the same seed and counter goes on with the same numbers.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../../random.ts";
import { CompileError } from "../compile_error.ts";

/** How compiled functions draw random numbers. */
export interface DrawOptions {
  /** An integer from 0 to 2^53 − 1; default: another one each time. */
  readonly seed?: number;
  /**
   * An int32 scalar that counts the calls that draw; default: one of the functions' own, from 0.
   * Save its value beside a model's weights to resume a run.
   */
  readonly counter?: tf.Variable;
}

export class Draws {
  readonly #seed: number;
  readonly #given: tf.Variable | undefined;
  #own: tf.Variable | undefined;
  /** Where the own counter stood when it was disposed of. */
  #reached = 0;
  #isUsed = false;
  #drawn = 0;

  constructor({ seed, counter }: DrawOptions = {}) {
    requireSeed(seed);
    requireCounter(counter);
    this.#seed = seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
    this.#given = counter;
  }

  /** Makes sure that there is a counter before a call is traced that may need it. */
  open(): void {
    if (this.#given || this.#own) return;
    const start = tf.scalar(this.#reached, "int32");
    this.#own = tf.variable(start, false);
    start.dispose();
  }

  /** Disposes of a counter that no call has needed. */
  closeUnused(): void {
    if (!this.#isUsed) this.dispose();
  }

  /** Disposes of the counter, and notes where it stands. */
  dispose(): void {
    if (this.#own && !this.#own.isDisposed) {
      if (this.#isUsed) this.#reached = this.#own.dataSync()[0];
      this.#own.dispose();
    }
    this.#own = undefined;
    this.#isUsed = false;
  }

  /** Runs a call that may draw, and counts it if it does. */
  during<T>(call: () => T): T {
    this.#drawn = 0;
    const result = call();
    if (this.#drawn > 0) {
      this.#isUsed = true;
      tf.tidy(() => this.#counter.assign(this.#counter.add(tf.scalar(1, "int32"))));
    }
    return result;
  }

  /** The key of the next draw of a call: int32 `[2]`. */
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
