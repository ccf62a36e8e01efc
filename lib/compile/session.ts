/**
 * Runs a graph that TensorFlow has loaded, and holds copies of the values of the graph's variables.
 */
import * as tf from "@tensorflow/tfjs";
import { withoutLog } from "../native/quiet.ts";
import { CompileError } from "./compile_error.ts";
import { encodeSavedModel, type GraphNode } from "./graph_def.ts";
import { nativeBackend, type OutputMetadata } from "../native/native_backend.ts";
import { ALL_FREED, ALL_SET, nameVariable } from "./nodes.ts";
import { forgetInStep, type Holder, isNewestIn, markInStep, settle } from "./residence.ts";

export class Session implements Holder {
  readonly #id: number;
  readonly #variables: readonly tf.Variable[];
  /**
   * The sets of outputs that runs have requested so far. TensorFlow optimizes the graph again for
   * each new set.
   */
  readonly #optimized = new Set<string>();

  constructor(nodes: readonly GraphNode[], variables: readonly tf.Variable[]) {
    this.#variables = [...variables];
    const folder = Deno.makeTempDirSync({ prefix: "tfjs-compile-" });
    try {
      Deno.writeFileSync(`${folder}/saved_model.pb`, encodeSavedModel(nodes));
      this.#id = withoutLog(() => nativeBackend().binding.loadSavedModel(folder, "serve"));
    } catch (cause) {
      throw new CompileError(
        `TensorFlow refused the graph: ${messageOf(cause)}`,
        { cause },
      );
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }

  run(
    inputs: number[],
    inputNames: string,
    outputNames: string,
  ): OutputMetadata[] {
    const { binding } = nativeBackend();
    const run = () => binding.runSavedModel(this.#id, inputs, inputNames, outputNames);
    if (this.#optimized.has(outputNames)) return run();
    this.#optimized.add(outputNames);
    return withoutLog(run);
  }

  /**
   * Copies the current values of all variables to the session in one run of the graph. If each
   * variable had its own run, then TensorFlow would optimize the graph once per variable.
   */
  push(): void {
    this.settleAll();
    const backend = nativeBackend();
    // A variable of another function may have been disposed of, but its input must still be fed.
    const tensors = this.#variables.map((variable) =>
      variable.isDisposed ? tf.zeros(variable.shape, variable.dtype) : variable
    );
    const [done] = this.run(
      backend.getInputTensorIds(tensors),
      this.#variables.map((_, i) => `${nameVariable(i)}/value`).join(),
      ALL_SET,
    );
    backend.binding.deleteTensor(done.id);
    this.#variables.forEach((variable, i) => {
      if (variable.isDisposed) tensors[i].dispose();
      else markInStep(variable, this);
    });
  }

  /**
   * Fetches the values of all variables from the session. The fetched tensors share their memory
   * with the session, so fetching all values costs no more than fetching one value.
   */
  fetch(): void {
    const values = this.run(
      [],
      "",
      this.#variables.map((_, i) => `${nameVariable(i)}/get`).join(),
    );
    values.forEach(({ id }, i) => {
      const variable = this.#variables[i];
      if (isNewestIn(variable, this)) settle(variable, this, id);
      else nativeBackend().binding.deleteTensor(id);
    });
  }

  /** If the session has newer values than tfjs, gives these values to tfjs. */
  settleAll(): void {
    if (this.#variables.some((variable) => isNewestIn(variable, this))) {
      this.fetch();
    }
  }

  /**
   * Frees the session's copies of the variables. If some of them are newer than the values in tfjs,
   * then tfjs first receives the newer values.
   */
  release(): void {
    this.settleAll();
    for (const variable of this.#variables) forgetInStep(variable, this);
    const [done] = this.run([], "", ALL_FREED);
    nativeBackend().binding.deleteTensor(done.id);
  }

  /**
   * Frees the graph. If the session has newer values of variables than tfjs, then tfjs first
   * receives these values.
   */
  close(): void {
    this.settleAll();
    for (const variable of this.#variables) forgetInStep(variable, this);
    nativeBackend().binding.deleteSavedModel(this.#id);
  }
}

/** Returns the message of an error, or the text of any other thrown value. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
