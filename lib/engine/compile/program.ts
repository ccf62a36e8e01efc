/**
 * Several traces over the same variables in one TensorFlow session.
 *
 * The graph of each trace reads the variables that it uses and assigns those that it changes. Two more small graphs a
 * variable copy a value in and out. TensorFlow's sessions cannot grow, so a new trace means a new session, which takes
 * the variables' values over.
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import { encodeProgram } from "./export_graph.ts";
import type { GraphNode } from "./graph_def.ts";
import { nativeBackend, type OutputMetadata } from "./native_backend.ts";
import {
  ALL_SET,
  doneNode,
  nameVariable,
  traceNodes,
  variableNodes,
} from "./nodes.ts";
import { isCurrentIn, markNewer, separateFromClones } from "./residence.ts";
import { messageOf, Session } from "./session.ts";
import { computesAcrossOperations } from "../threads.ts";
import type { Trace } from "./trace.ts";

/** A trace in a program, ready to run. */
interface Part {
  readonly trace: Trace;
  readonly name: string;
  readonly prefix: string;
  readonly inputNames: string;
  readonly outputNames: string;
}

/** Compiled traces that share their variables. */
export class Program {
  readonly #parts: Part[] = [];
  readonly #variables: tf.Variable[] = [];
  #session: Session | undefined;

  /**
   * Adds a trace; returns what runs it.
   *
   * @param name of the function that was traced
   */
  add(
    trace: Trace,
    name: string,
  ): (args: readonly tf.Tensor[]) => tf.Tensor[] {
    for (const { variable } of trace.variables) {
      if (!this.#variables.includes(variable)) this.#variables.push(variable);
    }
    const backend = nativeBackend();
    for (const { dataId } of trace.captured) backend.incRef(dataId);
    const part = toPart(trace, name, `f${this.#parts.length}`);
    this.#parts.push(part);
    this.#closeSession();
    return (args) => this.#run(part, args);
  }

  /**
   * The graph as a SavedModel's file, with the variables' present values. A function that was traced once has its name as
   * its signature's, one that was traced for several shapes has its name and a number from 1.
   */
  encode(): Uint8Array<ArrayBuffer> {
    // The values have to be tfjs' own while they are read.
    nativeBackend().getInputTensorIds(this.#variables);
    const parts = this.#parts.map((part) => {
      const all = this.#parts.filter(({ name }) => name === part.name);
      const number = all.length > 1 ? `_${all.indexOf(part) + 1}` : "";
      return { ...part, name: part.name + number };
    });
    return encodeProgram(this.#nodes(false), this.#variables, parts);
  }

  /** How many traces have been added. */
  get size(): number {
    return this.#parts.length;
  }

  /** Frees the session. The variables keep their values. */
  dispose(): void {
    this.#closeSession();
    const backend = nativeBackend();
    for (const { trace } of this.#parts.splice(0)) {
      for (const { dataId } of trace.captured) backend.disposeData(dataId);
    }
    this.#variables.length = 0;
  }

  #run(part: Part, args: readonly tf.Tensor[]): tf.Tensor[] {
    const { trace } = part;
    requireVariables(trace);
    const session = this.#session ??= new Session(
      this.#nodes(computesAcrossOperations()),
      this.#variables,
    );
    const backend = nativeBackend();
    if (
      trace.variables.some(({ variable }) => !isCurrentIn(variable, session))
    ) session.push();
    const assigned = trace.variables.filter(({ assigned }) =>
      assigned !== undefined
    ).map(({ variable }) => variable);
    for (const variable of assigned) separateFromClones(variable);
    const captured = trace.captured.map(({ dataId }) =>
      backend.tensorMap.get(dataId).id
    );
    const inputs = [...backend.getInputTensorIds(args), ...captured];
    const [done, ...results] = this.#runNamingLines(part, session, inputs);
    for (const variable of assigned) markNewer(variable, session);
    backend.binding.deleteTensor(done.id);
    return results.map((result) => backend.createOutputTensor(result));
  }

  #runNamingLines(
    part: Part,
    session: Session,
    inputs: number[],
  ): OutputMetadata[] {
    try {
      return session.run(inputs, part.inputNames, part.outputNames);
    } catch (cause) {
      throw cause instanceof CompileError ? cause : explainFailure(cause, part);
    }
  }

  #nameOf(variable: tf.Variable): string {
    return nameVariable(this.#variables.indexOf(variable));
  }

  #closeSession(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  #nodes(inHalves: boolean): GraphNode[] {
    const variables = this.#variables.flatMap((variable, i) =>
      variableNodes(variable, nameVariable(i))
    );
    const assignments = this.#variables.map((_, i) =>
      `${nameVariable(i)}/assign`
    );
    return [
      ...variables,
      doneNode(ALL_SET, assignments),
      ...this.#parts.flatMap((part) =>
        traceNodes(
          part.trace,
          part.prefix,
          (variable) => this.#nameOf(variable),
          inHalves,
        )
      ),
    ];
  }
}

function requireVariables({ variables }: Trace): void {
  const disposed = variables.find(({ variable }) => variable.isDisposed);
  if (!disposed) return;
  throw new CompileError(
    `A compiled function uses the variable '${disposed.variable.name}', which has been disposed of.`,
  );
}

function toPart(trace: Trace, name: string, prefix: string): Part {
  const names = (nodes: readonly string[]) =>
    nodes.map((node) => `${prefix}/${node}`).join(",");
  return {
    trace,
    name,
    prefix,
    inputNames: names(
      [...trace.arguments, ...trace.captured].map(({ node }) => node),
    ),
    // Something has to be asked for even where a function returns nothing.
    outputNames: names(["done", ...trace.results.map((_, i) => `result${i}`)]),
  };
}

/** Adds the line of the source to TensorFlow's message, which names the node. */
function explainFailure(cause: unknown, { trace, prefix }: Part): Error {
  const message = messageOf(cause);
  const node = new RegExp(`${prefix}/(\\w+)`).exec(message)?.[1];
  const line = node && trace.lineOf(node);
  const operation = node?.replace(/_\d+$/, "");
  const place = operation
    ? ` in the operation ${operation}${line ? `, called at ${line}` : ""}`
    : "";
  return new Error(`A compiled function failed${place}: ${message}`, { cause });
}
