/**
 * Runs Adam's update (Kingma and Ba, arXiv 1412.6980) as TensorFlow's operation ResourceApplyAdam.
 * This one operation replaces fifteen operations of tfjs.
 */
import * as tf from "@tensorflow/tfjs";
import type { InPlaceOperation } from "../in_place_updates.ts";

/** Records operations that change variables in place. */
export interface UpdateRecorder {
  /**
   * Records operations that change variables in place. Then calls `run`, which makes the same
   * changes to the variables, but with tfjs operations.
   */
  updateInPlace(updates: readonly InPlaceOperation[], run: () => void): void;
}

/** The fields of tfjs' AdamOptimizer that are used here (optimizers/adam_optimizer.js). */
interface AdamFields {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly accBeta1: tf.Variable;
  readonly accBeta2: tf.Variable;
  readonly accumulatedFirstMoment: readonly Slot[];
  readonly accumulatedSecondMoment: readonly Slot[];
}

interface Slot {
  readonly variable: tf.Variable;
}

interface NamedGradient {
  readonly name: string;
  readonly tensor: tf.Tensor;
}

/**
 * Makes every Adam optimizer update its variables in place. Until an optimizer has variables for
 * its moments, it uses tfjs' operations.
 *
 * @returns a function that restores the original method
 */
export function fuseAdam(recorder: UpdateRecorder): () => void {
  const { prototype } = tf.AdamOptimizer;
  const { applyGradients } = prototype;
  prototype.applyGradients = function (this: tf.AdamOptimizer, gradients) {
    const adam = this as unknown as AdamFields;
    const composed = () => applyGradients.call(this, gradients);
    const named: NamedGradient[] = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    if (adam.accumulatedFirstMoment.length < named.length) return composed();
    tf.tidy(() => {
      const powers = [adam.accBeta1.clone(), adam.accBeta2.clone()];
      recorder.updateInPlace(updatesOf(adam, powers, named), composed);
      adam.accBeta1.assign(powers[0].mul(adam.beta1));
      adam.accBeta2.assign(powers[1].mul(adam.beta2));
    });
  };
  return () => {
    prototype.applyGradients = applyGradients;
  };
}

/** @param powers beta1 and beta2, each raised to the power of the step number */
function updatesOf(
  adam: AdamFields,
  powers: tf.Tensor[],
  gradients: readonly NamedGradient[],
): InPlaceOperation[] {
  const rates = [adam.learningRate, adam.beta1, adam.beta2].map((rate) => tf.scalar(rate));
  // TensorFlow adds epsilon to the root of the uncorrected second moment. tfjs adds epsilon to the
  // root of the corrected second moment. Scaling epsilon makes up for this difference.
  const epsilon = tf.sub(1, powers[1]).sqrt().mul(adam.epsilon);
  const variables = tf.engine().registeredVariables;
  return gradients.flatMap(({ name, tensor }, i) =>
    // A variable has no gradient if the loss does not depend on it.
    tensor === null || tensor === undefined ? [] : [{
      operation: "ResourceApplyAdam",
      variables: [
        variables[name],
        adam.accumulatedFirstMoment[i].variable,
        adam.accumulatedSecondMoment[i].variable,
      ],
      inputs: [...powers, ...rates, epsilon, tensor],
    }]
  );
}
