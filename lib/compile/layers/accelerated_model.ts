/**
 * Replaces internal functions of a tf.layers model with compiled functions. The methods `fit`,
 * `fitDataset`, `trainOnBatch`, `evaluate`, `evaluateDataset`, `predict` and `predictOnBatch` of
 * the model then use the compiled functions.
 */
import * as tf from "@tensorflow/tfjs";
import type { Program } from "../program.ts";
import { replaceMethod } from "../replace_method.ts";
import { watchCallbacks } from "./callback_list.ts";
import { batchReader } from "./batch_reader.ts";
import { CompiledFunction, type FunctionOptions } from "./compiled_function.ts";
import { fitCompiled, isPlainFit } from "./fit_loop.ts";
import {
  type Data,
  type InnerModel,
  listBatches,
  type ModelFunction,
  modelSettingsOf,
} from "./layers_model.ts";

export class AcceleratedModel {
  readonly #model: InnerModel;
  readonly #train: CompiledFunction;
  readonly #test: CompiledFunction;
  readonly #predict: CompiledFunction;
  readonly #undo: (() => void)[];
  #settings: readonly unknown[] = [];

  constructor(model: InnerModel, program: Program, options: FunctionOptions) {
    this.#model = model;
    const compiled = (name: string, eager: ModelFunction) =>
      new CompiledFunction(program, name, eager, options);
    this.#train = compiled("train", model.makeTrainFunction());
    this.#test = compiled("test", makeTest(model));
    this.#predict = compiled("predict", makePredict(model));
    this.#undo = [
      ...[this.#replaceTrain(), this.#replaceTest(), this.#replaceFit()],
      ...[this.#replaceFitDataset(), this.#replaceTestLoop(), this.#replacePredict()],
    ];
  }

  /** Restores the original functions of the model, and frees the graphs. */
  undo(): void {
    for (const one of this.#undo.toReversed()) one();
    this.#forget();
  }

  #replaceTrain(): () => void {
    const train: ModelFunction = (data) => this.#current(this.#train).call(data);
    return replaceMethod(this.#model, "makeTrainFunction", () => () => train);
  }

  #replaceTest(): () => void {
    const test: ModelFunction = (data) => this.#current(this.#test).call(data);
    return replaceMethod(this.#model, "makeTestFunction", () => () => {
      this.#model.testFunction = test;
    });
  }

  #replaceFit(): () => void {
    const model = this.#model;
    return replaceMethod(model, "fitLoop", (original) => (...args) => {
      const train = this.#current(this.#train);
      return train.isActive && isPlainFit(args)
        ? fitCompiled(model, train, original, args)
        : original.apply(model, args);
    });
  }

  #replaceFitDataset(): () => void {
    const model = this.#model;
    return replaceMethod(
      model,
      "fitDataset",
      (original) => (...args) => watchCallbacks(() => {}, () => original.apply(model, args)),
    );
  }

  #replaceTestLoop(): () => void {
    const model = this.#model;
    return replaceMethod(model, "testLoop", (original) => (...args) => {
      const [, ins, batchSize, verbose, steps] = args;
      const test = this.#current(this.#test);
      const isPlain = !verbose && (steps === null || steps === undefined);
      return test.isActive && isPlain
        ? testOnRows(test, ins, batchSize)
        : original.apply(model, args);
    });
  }

  #replacePredict(): () => void {
    const model = this.#model;
    return replaceMethod(model, "predictLoop", (original) => (...args) => {
      const [ins, batchSize = 32, verbose] = args;
      const predict = this.#current(this.#predict);
      const all = [ins].flat() as tf.Tensor[];
      // If the inputs have different numbers of rows, then tfjs throws an error.
      const isUneven = all.some(({ shape }) => shape[0] !== all[0].shape[0]);
      if (!predict.isActive || verbose || isUneven) {
        return predict.callPlainly(() => original.apply(model, args));
      }
      const outputs = predictOnRows(predict, all, batchSize);
      return outputs.length === 1 ? outputs[0] : outputs;
    });
  }

  /**
   * Returns the given function. Before that, drops the traces of all compiled functions of the
   * model if the model's settings have changed since the last use.
   */
  #current(compiled: CompiledFunction): CompiledFunction {
    const settings = modelSettingsOf(this.#model);
    if (!settings.every((setting, i) => setting === this.#settings[i])) {
      this.#forget();
      this.#settings = settings;
    }
    return compiled;
  }

  #forget(): void {
    for (const one of [this.#train, this.#test, this.#predict]) one.forget();
  }
}

function makeTest(model: InnerModel): ModelFunction {
  const before = model.testFunction;
  model.makeTestFunction();
  const { testFunction } = model;
  model.testFunction = before;
  return testFunction;
}

/**
 * Returns a function that computes the outputs of one batch with the original code of the model.
 */
function makePredict(model: InnerModel): ModelFunction {
  const { predictLoop } = model;
  return (inputs) => {
    const batchSize = inputs[0]!.shape[0];
    return [predictLoop.call(model, inputs as tf.Tensor[], batchSize)].flat();
  };
}

/** Returns the mean of the loss and of each metric over all rows of the data. */
function testOnRows(test: CompiledFunction, ins: Data, batchSize: number): tf.Scalar[] {
  return tf.tidy(() => {
    const count = ins[0]!.shape[0];
    const totals: number[] = [];
    const readBatch = batchReader(ins);
    for (const [from, to] of listBatches(count, batchSize)) {
      tf.tidy(() => {
        const outs = test.call(readBatch(rowsBetween(from, to)));
        for (const [i, out] of outs.entries()) {
          totals[i] = (totals[i] ?? 0) + (to - from) * out.dataSync()[0];
        }
      });
    }
    return totals.map((total) => tf.scalar(total / count));
  });
}

function predictOnRows(
  predict: CompiledFunction,
  inputs: tf.Tensor[],
  batchSize: number,
): tf.Tensor[] {
  return tf.tidy(() => {
    const count = inputs[0].shape[0];
    if (count <= batchSize) return predict.call(inputs);
    const readBatch = batchReader(inputs);
    const parts = listBatches(count, batchSize).map(([from, to]) =>
      tf.tidy(() => predict.call(readBatch(rowsBetween(from, to))))
    );
    return parts[0].map((_, i) => tf.concat(parts.map((part) => part[i]), 0));
  });
}

function rowsBetween(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}
