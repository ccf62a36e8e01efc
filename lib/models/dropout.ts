/**
 * Dropout (Srivastava et al., JMLR 15, 2014) whose mask depends only on the seed and step in a
 * call: `model.apply(x, { training: true, dropout: { seed, step } })`.
 *
 * `tf.layers.dropout` draws from hidden state. Without a seed, runs are not repeatable. With a
 * seed, every step has the same mask. The layer is saved under the standard layer's name. Plain
 * tfjs can load it.
 */
import * as tf from "@tensorflow/tfjs";
import { type StepNumber, uniform } from "../engine/random_tensors.ts";

/** Determines the dropout mask of a call. */
export interface DropoutKey {
  readonly seed: number;
  readonly step: StepNumber;
}

/** The arguments of a layer's call. */
export interface CallArguments {
  readonly training?: boolean;
  readonly dropout?: DropoutKey;
}

/**
 * In training, zeroes each value with probability `rate` and multiplies the rest by 1 / (1 − rate).
 */
export class SeededDropout extends tf.layers.Layer {
  /** @nocollapse The standard layer's name. The class is not registered and replaces nothing. */
  static className = "Dropout";
  readonly #rate: number;

  constructor(options: { readonly rate: number; readonly name?: string }) {
    super(options.name === undefined ? {} : { name: options.name });
    if (!(options.rate >= 0 && options.rate < 1)) {
      throw new RangeError(
        `A dropout rate must lie in [0, 1); got ${options.rate}.`,
      );
    }
    this.#rate = options.rate;
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    args: CallArguments,
  ): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0] : inputs;
    if (!args.training || this.#rate === 0) return input;
    const { dropout } = args;
    if (dropout === undefined) {
      throw new Error(
        `Layer '${this.name}' was called in training without a seed for its mask; ` +
          "call the model with { training: true, dropout: { seed, step } }.",
      );
    }
    return tf.tidy(() => {
      const keep = uniform(input.shape, dropout.seed, dropout.step)
        .greaterEqual(this.#rate);
      return input.mul(keep.cast("float32").mul(1 / (1 - this.#rate)));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.#rate };
  }
}
