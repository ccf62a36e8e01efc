/**
 * `accelerate(model)`: compiles what an ordinary tf.layers model does in `fit`, `fitDataset`,
 * `trainOnBatch`, `evaluate`, `evaluateDataset`, `predict` and `predictOnBatch`.
 *
 * Callbacks, validation, metrics, class weights, several inputs and outputs, early stopping and
 * `save` stay as they are. On other engines than the native one the model does what it did before.
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { ownProgram } from "../owned_programs.ts";
import { Program } from "../program.ts";
import { type DrawOptions, Draws } from "../random/draws.ts";
import { replaceMethod } from "../replace_method.ts";
import { MOST_TRACES } from "../trace_store.ts";
import { AcceleratedModel } from "./accelerated_model.ts";
import type { FunctionOptions } from "./compiled_function.ts";
import type { InnerModel, OuterModel } from "./layers_model.ts";

/** How models are accelerated. */
export interface AccelerateOptions extends DrawOptions {
  /**
   * Whether results are the same bits as the model's own, where nothing random is drawn: see
   * {@linkcode CompileOptions}.
   */
  readonly exact?: boolean;
  /** Most traces that are kept of each function; default: 64. */
  readonly mostTraces?: number;
  /**
   * Whether a model that no graph can stand for is an error. Otherwise (the default) the part of it
   * that is refused runs as tfjs runs it, and a warning says why.
   */
  readonly strict?: boolean;
}

/** An accelerated model, or several. */
export interface Acceleration {
  /** Makes the models what they were. Their weights, and their optimizers' state, stay. */
  undo(): void;
}

/** Marks models that are accelerated. */
const mark = Symbol("accelerated");

/**
 * Accelerates a model, or several that share layers and are trained in turns, as those of a GAN.
 *
 * What a model does is decided when it is first used: call {@linkcode Acceleration.undo} and
 * accelerate it again after a change of a layer's settings, such as the rate of a dropout. Another
 * `model.compile` and changed learning rates are noticed.
 *
 * @throws {CompileError} when one of them is accelerated already
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
  for (const model of all) requireUnmarked(model);
  const program = new Program(true);
  const draws = new Draws(drawOptions);
  const undo = all.map((model) => replace(model, program, { exact, mostTraces, strict, draws }));
  for (const model of all) model[mark] = true;
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

type Markable = (InnerModel | OuterModel) & { readonly name: string; [mark]?: true };

function requireUnmarked(model: Markable): void {
  if (!model[mark]) return;
  throw new CompileError(
    `Accelerating the model '${model.name}': it is accelerated already. Call undo() first for other options.`,
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
  // Each `compile` of a tf.Sequential makes a new model within.
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
  // The class' own name: what tfjs itself goes by when it saves a model.
  const { className } = model.constructor as { readonly className?: string };
  return className === "Sequential";
}
