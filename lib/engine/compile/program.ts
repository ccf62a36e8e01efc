/**
 * Several traces over the same variables in one TensorFlow session.
 *
 * The graph of each trace reads the variables that it uses and assigns those that it changes. Two more small graphs a
 * variable copy a value in and out. TensorFlow's sessions cannot grow, so a new trace means a new session, which takes
 * the variables' values over.
 */
import type * as tf from "@tensorflow/tfjs";
import { withoutLog } from "../quiet.ts";
import {
  type Attribute,
  encodeSavedModel,
  type GraphNode,
} from "./graph_def.ts";
import { keepRounding } from "./keep_rounding.ts";
import { nativeBackend, type OutputMetadata } from "./native_backend.ts";
import {
  type Holder,
  isCurrentIn,
  isNewestIn,
  markInStep,
  markNewer,
  separateFromClones,
  settle,
} from "./residence.ts";
import { CompileError } from "./compile_error.ts";
import type { Trace, TracedInput } from "./trace.ts";

/** A trace in a program, ready to run. */
interface Part {
  readonly trace: Trace;
  readonly prefix: string;
  readonly inputNames: string;
  readonly outputNames: string;
}

/** Compiled traces that share their variables. */
export class Program {
  readonly #parts: Part[] = [];
  readonly #variables: tf.Variable[] = [];
  #session: Session | undefined;

  /** Adds a trace; returns what runs it. */
  add(trace: Trace): (args: readonly tf.Tensor[]) => tf.Tensor[] {
    for (const { variable } of trace.variables) {
      if (!this.#variables.includes(variable)) this.#variables.push(variable);
    }
    const backend = nativeBackend();
    for (const { dataId } of trace.captured) backend.incRef(dataId);
    const part = toPart(trace, `f${this.#parts.length}`);
    this.#parts.push(part);
    this.#closeSession();
    return (args) => this.#run(part, args);
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
      this.#nodes(),
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

  #nodes(): GraphNode[] {
    const variables = this.#variables.flatMap((variable, i) =>
      variableNodes(nameVariable(i), typeOf(variable), [...variable.shape])
    );
    const assignments = this.#variables.map((_, i) =>
      `${nameVariable(i)}/assign`
    );
    return [
      ...variables,
      doneNode(ALL_SET, assignments),
      ...this.#parts.flatMap((part) => this.#partNodes(part)),
    ];
  }

  /** A trace's nodes under their prefix, with inputs, reads, assignments and results. */
  #partNodes({ trace, prefix }: Part): GraphNode[] {
    const within = (tensor: string) => `${prefix}/${tensor}`;
    const inputs = [...trace.arguments, ...trace.captured].map((input) =>
      placeholder(within(input.node), input)
    );
    const reads: GraphNode[] = [];
    const assignments: GraphNode[] = [];
    for (const { variable, read, assigned } of trace.variables) {
      const name = this.#nameOf(variable);
      const dtype = typeAttribute(typeOf(variable));
      if (read) {
        reads.push({
          name: within(read),
          operation: "ReadVariableOp",
          inputs: [name],
          attributes: { dtype },
        });
      }
      if (!assigned) continue;
      // The old value has to be read before it is gone.
      const inputs = [
        name,
        within(assigned),
        ...(read ? [`^${within(read)}`] : []),
      ];
      assignments.push({
        name: within(`assign_${name}`),
        operation: "AssignVariableOp",
        inputs,
        attributes: { dtype },
      });
    }
    const body = keepRounding(trace.nodes).map((node) => ({
      ...node,
      name: within(node.name),
      inputs: node.inputs.map(within),
    }));
    const updates = within("updates");
    const results = trace.results.map(({ tensor, dataType }, i): GraphNode => ({
      name: within(`result${i}`),
      operation: "Identity",
      inputs: [within(tensor), `^${updates}`],
      attributes: { T: typeAttribute(dataType) },
    }));
    return [
      ...inputs,
      ...reads,
      ...body,
      ...assignments,
      {
        name: updates,
        operation: "NoOp",
        inputs: assignments.map(({ name }) => `^${name}`),
        attributes: {},
      },
      doneNode(within("done"), [updates]),
      ...results,
    ];
  }
}

const ALL_SET = "all_variables_set";

/** A loaded graph with its variables. */
class Session implements Holder {
  readonly #id: number;
  readonly #variables: readonly tf.Variable[];
  /** What has been asked for before: TensorFlow optimizes the graph for each such question at its first run. */
  readonly #optimized = new Set<string>();

  constructor(nodes: readonly GraphNode[], variables: readonly tf.Variable[]) {
    this.#variables = [...variables];
    const folder = Deno.makeTempDirSync({ prefix: "tfjs-compile-" });
    try {
      Deno.writeFileSync(`${folder}/saved_model.pb`, encodeSavedModel(nodes));
      this.#id = withoutLog(() =>
        nativeBackend().binding.loadSavedModel(folder, "serve")
      );
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
    const run = () =>
      binding.runSavedModel(this.#id, inputs, inputNames, outputNames);
    if (this.#optimized.has(outputNames)) return run();
    this.#optimized.add(outputNames);
    return withoutLog(run);
  }

  /** Takes every variable's present value in. All at once: a question for each would be optimized for each. */
  push(): void {
    const backend = nativeBackend();
    const values = backend.getInputTensorIds(this.#variables);
    const [done] = this.run(
      values,
      this.#variables.map((_, i) => `${nameVariable(i)}/value`).join(),
      ALL_SET,
    );
    backend.binding.deleteTensor(done.id);
    for (const variable of this.#variables) markInStep(variable, this);
  }

  /** The values share their memory with the session's: all at once costs no more than one. */
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

  /** Frees the graph; tfjs gets the values that it does not have yet. */
  close(): void {
    if (this.#variables.some((variable) => isNewestIn(variable, this))) {
      this.fetch();
    }
    nativeBackend().binding.deleteSavedModel(this.#id);
  }
}

function nameVariable(index: number): string {
  return `variable${index}`;
}

function requireVariables({ variables }: Trace): void {
  const disposed = variables.find(({ variable }) => variable.isDisposed);
  if (!disposed) return;
  throw new CompileError(
    `A compiled function uses the variable '${disposed.variable.name}', which has been disposed of.`,
  );
}

function toPart(trace: Trace, prefix: string): Part {
  const names = (nodes: readonly string[]) =>
    nodes.map((node) => `${prefix}/${node}`).join(",");
  return {
    trace,
    prefix,
    inputNames: names(
      [...trace.arguments, ...trace.captured].map(({ node }) => node),
    ),
    // Something has to be asked for even where a function returns nothing.
    outputNames: names(["done", ...trace.results.map((_, i) => `result${i}`)]),
  };
}

function variableNodes(
  name: string,
  dataType: number,
  shape: readonly number[],
): GraphNode[] {
  const dtype = typeAttribute(dataType);
  const shapeAttribute: Attribute = { kind: "shape", value: shape };
  const sharedName: Attribute = { kind: "string", value: name };
  const value = `${name}/value`;
  return [
    {
      name,
      operation: "VarHandleOp",
      inputs: [],
      attributes: { dtype, shape: shapeAttribute, shared_name: sharedName },
    },
    placeholder(value, { dataType, shape }),
    {
      name: `${name}/assign`,
      operation: "AssignVariableOp",
      inputs: [name, value],
      attributes: { dtype },
    },
    {
      name: `${name}/get`,
      operation: "ReadVariableOp",
      inputs: [name],
      attributes: { dtype },
    },
  ];
}

function placeholder(
  name: string,
  { dataType, shape }: Pick<TracedInput, "dataType" | "shape">,
): GraphNode {
  return {
    name,
    operation: "Placeholder",
    inputs: [],
    attributes: {
      dtype: typeAttribute(dataType),
      shape: { kind: "shape", value: shape },
    },
  };
}

/** A tensor that is there once another node has run: sessions give tensors only. */
function doneNode(name: string, after: readonly string[]): GraphNode {
  const int32 = 3;
  const value = { dataType: int32, shape: [], values: Int32Array.of(0) };
  return {
    name,
    operation: "Const",
    inputs: after.map((node) => `^${node}`),
    attributes: {
      dtype: typeAttribute(int32),
      value: { kind: "tensor", value },
    },
  };
}

function typeAttribute(dataType: number): Attribute {
  return { kind: "type", value: dataType };
}

function typeOf(variable: tf.Variable): number {
  return nativeBackend().tensorMap.get(variable.dataId).dtype;
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

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
