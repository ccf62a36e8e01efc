/**
 * A dropout layer (Srivastava et al., JMLR 15, 2014) whose mask depends only on the seed and the
 * step that are passed to a call: `model.apply(x, { training: true, dropout: { seed, step } })`.
 *
 * The standard layer, `tf.layers.dropout`, does not allow this. If it has no seed, then runs are
 * not repeatable. If it has a seed, then every step has the same mask. The layer in this file is
 * saved under the name of the standard layer, so tfjs can load a saved model without this project.
 */
import * as tf from "@tensorflow/tfjs";
import { type StepNumber, uniform } from "../engine/random_tensors.ts";

/** The seed and the step that determine the dropout mask of a call. */
export interface DropoutKey {
  readonly seed: number;
  readonly step: StepNumber;
}

/** The arguments of a call to the layer. */
export interface CallArguments {
  readonly training?: boolean;
  readonly dropout?: DropoutKey;
}

/**
 * In training, sets each value to zero with probability `rate`, and multiplies the remaining values
 * by 1 / (1 − rate). Outside training, returns the values unchanged.
 */
export class SeededDropout extends tf.layers.Layer {
  /**
   * The name of the standard layer, under which this layer is saved. This class is not registered
   * in tfjs, so it does not replace the standard layer.
   *
   * @nocollapse
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
