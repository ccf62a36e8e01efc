/**
 * Implements dropout whose mask depends only on the seed and step passed to the call (Srivastava et
 * al., JMLR 15, 2014).
 *
 * `tf.layers.dropout` draws from hidden state. Without a seed it makes runs unrepeatable, and with
 * a seed it uses the same mask in every step. This layer takes its randomness as an argument:
 * `model.apply(x, { training: true, dropout: { seed, step } })`. It is saved under the name of the
 * standard layer, so that plain tfjs can load a model that contains it.
 */
import * as tf from "@tensorflow/tfjs";
import { type StepNumber, uniform } from "../engine/random_tensors.ts";

/** The seed and step that determine the dropout mask of a call. */
export interface DropoutKey {
  readonly seed: number;
  readonly step: StepNumber;
}

/** The arguments that a layer receives: those of tfjs, and the key for dropout. */
export interface CallArguments {
  readonly training?: boolean;
  readonly dropout?: DropoutKey;
}

/**
 * A layer that, in training, zeroes each value with probability `rate` and scales the others by 1 /
 * (1 − rate).
 */
export class SeededDropout extends tf.layers.Layer {
  /**
   * @nocollapse The standard layer's name, for the reason given at the top of this file. The class
   * is not registered, so it does not replace the standard layer.
   */
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
