/** One call of a function, written down as a TensorFlow graph. */
import * as tf from "@tensorflow/tfjs";
import { withFusedOperations } from "./fused.ts";
import type { GraphNode } from "./graph_def.ts";
import type { InPlaceUpdate } from "./in_place_updates.ts";
import {
  type NativeBackend,
  nativeBackend,
  registeredVariables,
} from "./native_backend.ts";
import { Recorder } from "./recorder.ts";

/** A tensor of a trace that comes from outside. */
export interface TracedInput {
  /** Its name among the trace's nodes. */
  readonly node: string;
  readonly shape: readonly number[];
  readonly dataType: number;
}

/** How a call is written down. */
export interface TraceOptions {
  /** Whether the graph rounds as eager operations do: no fused operations, no rewrites by TensorFlow. */
  readonly exact: boolean;
}

/** What a traced call consists of. Names are without the prefix that a program gives them. */
export interface Trace {
  readonly exact: boolean;
  readonly nodes: readonly GraphNode[];
  /** The shapes of the nodes' tensors. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly arguments: readonly TracedInput[];
  /** Tensors that the function takes from its surroundings: they are fed at each run. */
  readonly captured: readonly (TracedInput & { readonly dataId: tf.DataId })[];
  /** Variables that are read or assigned. */
  readonly variables: readonly TracedVariable[];
  /** Which tensor each result is. */
  readonly results: readonly {
    readonly tensor: string;
    readonly dataType: number;
    readonly shape: readonly number[];
  }[];
  /** Where in the source the operation of a node stands. */
  readonly lineOf: (node: string) => string | undefined;
}

export interface TracedVariable {
  readonly variable: tf.Variable;
  /** What stands for the variable itself among the inputs of nodes that change it. */
  readonly handle: string;
  /** The node that stands for its value at the start of the call; undefined when it is only assigned. */
  readonly read: string | undefined;
  /** The tensor that it is at the end of the call; undefined when it keeps its value. */
  readonly assigned: string | undefined;
  /** Its last update in place, if there was one. */
  readonly updated: InPlaceUpdate | undefined;
}

/**
 * Runs `call` once and writes it down. Then takes it back: variables are as before, and what it made is freed, so that
 * the graph may stand for this call too and no call differs from the others in its last bits.
 *
 * A call that makes variables, as an optimizer's first step does, cannot be taken back: it counts, and there is no trace.
 *
 * @param args the call's arguments, in order
 * @param call returns the results
 * @returns the trace, or the results where there is none
 * @throws {CompileError} when the call does what no graph can
 */
export function trace(
  args: readonly tf.Tensor[],
  call: () => tf.Tensor[],
  { exact }: TraceOptions,
): { readonly trace: Trace } | { readonly results: tf.Tensor[] } {
  const backend = nativeBackend();
  const variables = registeredVariables();
  // Data that waits to be written would otherwise be written, and recorded as a constant, in the middle of the call.
  backend.getInputTensorIds([...args, ...variables]);
  separateSharedVariables(backend, variables);
  const before = variables.map((variable) => variable.clone());
  const recorder = new Recorder(backend, args, variables);
  tf.engine().startScope("trace");
  let kept: tf.Tensor[] = [];
  try {
    const results = recorder.record(
      exact ? call : () => withFusedOperations(recorder, call),
    );
    if (
      registeredVariables().some((variable) => !variables.includes(variable))
    ) {
      kept = results;
      return { results };
    }
    const trace = { ...recorder.finish(results), exact };
    variables.forEach((variable, i) => {
      if (variable.dataId !== before[i].dataId) variable.assign(before[i]);
    });
    return { trace };
  } finally {
    tf.engine().endScope(kept);
    tf.dispose(before);
  }
}

/** Two variables with one native tensor could not be told apart: the second one gets its own. */
function separateSharedVariables(
  backend: NativeBackend,
  variables: readonly tf.Variable[],
): void {
  const seen = new Set<number>();
  for (const variable of variables) {
    const { id, dtype } = backend.tensorMap.get(variable.dataId);
    if (seen.has(id)) {
      const attributes = [{
        name: "T",
        type: backend.binding.TF_ATTR_TYPE,
        value: dtype,
      }];
      tf.tidy(() => {
        const [copy] = backend.binding.executeOp(
          "Identity",
          attributes,
          [id],
          1,
        );
        variable.assign(backend.createOutputTensor(copy));
      });
    }
    seen.add(backend.tensorMap.get(variable.dataId).id);
  }
}
