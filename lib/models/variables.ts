/** Returns the weights of a model as variables, which training can change. */
import type * as tf from "@tensorflow/tfjs";

/** Returns a model's trainable weights, in the model's order. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** Returns all of a model's weights in the model's order, including moving statistics. */
export function allVariables(model: tf.LayersModel): tf.Variable[] {
  return model.weights.map((weight) => weight.read() as tf.Variable);
}
