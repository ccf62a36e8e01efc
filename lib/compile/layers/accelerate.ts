/**
 * Accelerates a tf.layers model. `accelerate(model)` compiles the computations of `fit`,
 * `fitDataset`, `trainOnBatch`, `evaluate`, `evaluateDataset`, `predict` and `predictOnBatch`.
 *
 * Callbacks, validation, metrics, class weights, multiple inputs and outputs, early stopping and
 * `save` still work. Models are accelerated only on the native engine.
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { ownProgram } from "../owned_programs.ts";
import { Program } from "../program.ts";
import { type DrawOptions, Draws } from "../random/draws.ts";
import { replaceMethod } from "../replace_method.ts";
import { nameKind } from "../results.ts";
import { MOST_TRACES } from "../trace_store.ts";
import { AcceleratedModel } from "./accelerated_model.ts";
import type { FunctionOptions } from "./compiled_function.ts";
import type { InnerModel, OuterModel } from "./layers_model.ts";

/** Options for accelerating models. */
export interface AccelerateOptions extends DrawOptions {
  /**
   * If true, weights, losses and outputs are bit-for-bit identical to those of the original model.
   * But `fit` and `evaluate` compute means over batches in double precision, so these are equal
   * only to rounding. Nothing is identical if the model draws random numbers; see
   * {@linkcode CompileOptions}.
   */
  readonly exact?: boolean;
  /** The maximum number of traces that are kept for each function. The default is 64. */
  readonly mostTraces?: number;
  /**
   * If true, any part of the model that cannot be turned into a graph causes an error. If false
   * (the default), then tfjs runs this part, and a warning gives the reason.
   */
  readonly strict?: boolean;
}

/** The acceleration of one or more models. */
export interface Acceleration {
  /**
   * Restores the original methods of the models, and frees their graphs. The weights and the state
   * of the optimizers stay the same. Disposing of all the models does the same.
   */
  undo(): void;
}

const mark = Symbol("accelerated");

/**
 * Accelerates one or more models. If several models share layers, as the models of a GAN do,
 * then pass all of them in one call.
 *
 * The settings of a layer, such as a dropout rate, are fixed when the model is used for the first
 * time. If you change such a setting later, then call {@linkcode Acceleration.undo} and accelerate
 * the model again. You do not need to do this if you only change the learning rate or call
 * `model.compile` again.
 *
 * @throws {CompileError} when something is not a tf.layers model, or is already accelerated
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * model.compile({ optimizer: "adam", loss: "meanSquaredError" });
 * const acceleration = accelerate(model);
 * await model.fit(tf.ones([8, 2]), tf.ones([8, 1]), { epochs: 2, verbose: 0 });
 * acceleration.undo();
 * ```
 */
export function accelerate(
  models: tf.LayersModel | readonly tf.LayersModel[],
  options: AccelerateOptions = {},
): Acceleration {
  const { exact = false, mostTraces = MOST_TRACES, strict = false, ...drawOptions } = options;
  const all = [models].flat() as unknown as Markable[];
  for (const model of all) {
    requireModel(model);
    requireUnmarked(model);
  }
  const program = new Program();
  const draws = new Draws(drawOptions);
  const undo = all.map((model) => replace(model, program, { exact, mostTraces, strict, draws }));
  for (const model of all) model[mark] = true;
  const inUse = new Set(all);
  for (const model of all) {
    const restore = replaceMethod(model, "dispose", (original) => () => {
      inUse.delete(model);
      if (inUse.size === 0) acceleration.undo();
      return original.call(model);
    });
    undo.push(restore);
  }
  const acceleration = {
    undo() {
      for (const one of undo.splice(0)) one();
      for (const model of all) delete model[mark];
      program.dispose();
      draws.dispose();
    },
  };
  return ownProgram(acceleration, program);
}

type Markable = (InnerModel | OuterModel) & {
  readonly name: string;
  dispose(): unknown;
  [mark]?: true;
};

function requireModel(model: unknown): void {
  if (typeof (model as Partial<InnerModel> | null | undefined)?.makeTrainFunction === "function") {
    return;
  }
  throw new CompileError(
    "Accelerating a model: wanted a tf.layers model, such as tf.sequential makes, found " +
      `${nameKind(model)}.`,
  );
}

function requireUnmarked(model: Markable): void {
  if (!model[mark]) return;
  throw new CompileError(
    `Accelerating the model '${model.name}': it is already accelerated. To use other options, call undo() first.`,
  );
}

function replace(model: Markable, program: Program, options: FunctionOptions): () => void {
  if (!isOuter(model)) {
    const accelerated = new AcceleratedModel(model, program, options);
    return () => accelerated.undo();
  }
  let accelerated: AcceleratedModel | undefined;
  const replaceInner = () => {
    accelerated?.undo();
    accelerated = model.model ? new AcceleratedModel(model.model, program, options) : undefined;
  };
  replaceInner();
  // Each `compile` of a tf.Sequential creates a new inner model.
  const undo = replaceMethod(model as OuterModel, "build", (original) => (...args) => {
    original.apply(model, args);
    replaceInner();
  });
  return () => {
    undo();
    accelerated?.undo();
  };
}

function isOuter(model: InnerModel | OuterModel): model is OuterModel {
  // The class may be one that the user derived from tf.Sequential, under whose name tfjs saves it.
  for (let type = model.constructor; type; type = Object.getPrototypeOf(type)) {
    if ((type as { readonly className?: string }).className === "Sequential") return true;
  }
  return false;
}
