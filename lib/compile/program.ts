/**
 * Combines several traces that use the same variables.
 *
 * Nodes cannot be added to a TensorFlow session, so each new trace gets its own session. When
 * sessions take turns, the values of changed variables must be copied from one session to the next.
 * If this happens often in a program with few traces, then its sessions are merged.
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "./compile_error.ts";
import { encodeProgram } from "./export_graph.ts";
import type { GraphNode } from "./graph_def.ts";
import { nativeBackend, type OutputMetadata } from "../native/native_backend.ts";
import { countSteps } from "./optimizers.ts";
import { describePlace } from "./place.ts";
import { type Part, toPart, variablesOf } from "./part.ts";
import { ProgramSession } from "./program_session.ts";
import { forgetInStep, isCurrentIn, markNewer, separateFromClones } from "./residence.ts";
import { messageOf } from "./session.ts";
import { programNodes } from "./nodes.ts";
import type { Trace } from "./traced_call.ts";

/**
 * A program with more traces than this never merges its sessions. A merge is expensive, because
 * TensorFlow then optimizes the whole graph again the first time each trace runs.
 */
const MOST_TOGETHER = 8;

/** A trace that has been added to a program. */
export interface AddedTrace {
  run(args: readonly tf.Tensor[]): tf.Tensor[];
  remove(): void;
}

/** Holds compiled traces that share their variables. */
export class Program {
  readonly #parts: Part[] = [];
  readonly #sessions = new Map<Part, ProgramSession>();
  /**
   * How many times the current values of variables have had to be copied to a session since the
   * last merge.
   */
  #handOvers = 0;
  #lives = 0;
  /**
   * The number of traces that have been added so far. It includes traces that were removed later.
   */
  #added = 0;
  /**
   * The session that last received the values of variables. This field is set only if the program
   * has many traces.
   */
  #last: ProgramSession | undefined;

  /** @param name the name of the traced function */
  add(trace: Trace, name: string): AddedTrace {
    const backend = nativeBackend();
    for (const { dataId } of trace.captured) backend.incRef(dataId);
    const part = toPart(trace, name, `f${this.#added++}`);
    this.#parts.push(part);
    this.#sessions.set(part, new ProgramSession([part]));
    return {
      run: (args) => this.#run(part, args),
      remove: () => this.#remove(part),
    };
  }

  /**
   * Returns the contents of a SavedModel file, which holds the graph and the current values of its
   * variables. If a function has several traces, then the names of its signatures end in `_1`, `_2`
   * and so on.
   */
  encode(): Uint8Array<ArrayBuffer> {
    const variables = variablesOf(this.#parts);
    // This call fetches the newest values of the variables from the sessions.
    nativeBackend().getInputTensorIds(variables);
    const parts = this.#parts.map((part) => {
      const all = this.#parts.filter(({ name }) => name === part.name);
      const number = all.length > 1 ? `_${all.indexOf(part) + 1}` : "";
      return { ...part, name: part.name + number };
    });
    const nodes: GraphNode[] = programNodes(this.#parts, variables);
    return encodeProgram(nodes, variables, parts);
  }

  /** The traces of the program, prepared for running in its graph. */
  get parts(): readonly Part[] {
    return this.#parts;
  }

  get size(): number {
    return this.#parts.length;
  }

  /** How many times the program has been disposed of. Each disposal drops all traces. */
  get lives(): number {
    return this.#lives;
  }

  /** Frees all sessions and traces. The variables keep their values. */
  dispose(): void {
    this.#lives++;
    this.#closeSessions();
    this.#sessions.clear();
    this.#last = undefined;
    for (const part of this.#parts.splice(0)) releasePart(part);
  }

  /**
   * Removes a trace from the program. If no remaining trace uses its session, then the session is
   * closed.
   */
  #remove(part: Part): void {
    const at = this.#parts.indexOf(part);
    if (at < 0) return;
    this.#parts.splice(at, 1);
    const session = this.#sessions.get(part)!;
    this.#sessions.delete(part);
    if (![...this.#sessions.values()].includes(session)) {
      session.close();
      if (this.#last === session) this.#last = undefined;
    }
    releasePart(part);
  }

  #run(part: Part, args: readonly tf.Tensor[]): tf.Tensor[] {
    const { trace } = part;
    requireVariables(trace);
    const session = this.#sessionOf(part);
    const assigned = trace.variables.filter(({ assigned }) => assigned !== undefined).map((
      { variable },
    ) => variable);
    for (const variable of assigned) separateFromClones(variable);
    const backend = nativeBackend();
    const tensors = [
      ...trace.arguments.map(({ position }) => args[position]),
      ...trace.captured.map(({ dataId, current }) => ({
        dataId: current?.() ?? dataId,
      })) as tf.Tensor[],
    ];
    const inputs = [
      ...backend.getInputTensorIds(tensors),
      ...part.rates.feed(),
    ];
    const [done, ...results] = runNamingLines(part, () => {
      try {
        return session.run(inputs, part.inputNames, part.outputNames);
      } catch (error) {
        // The graph may have changed some of the session's variables before it failed. tfjs still
        // has the old values.
        for (const variable of assigned) forgetInStep(variable, session);
        throw error;
      }
    });
    for (const variable of assigned) markNewer(variable, session);
    backend.binding.deleteTensor(done.id);
    countSteps(trace.optimizers);
    return results.map((result) => backend.createOutputTensor(result));
  }

  /**
   * Returns the session of a part. If the session lacks the current values of the part's variables,
   * then it first receives them.
   */
  #sessionOf(part: Part) {
    const { variables } = part.trace;
    let session = this.#sessions.get(part)!.open();
    const isCurrent = () => variables.every(({ variable }) => isCurrentIn(variable, session));
    if (isCurrent()) return session;
    this.#putTogether();
    session = this.#sessions.get(part)!.open();
    if (!isCurrent()) session.push();
    this.#releaseOthers(part);
    return session;
  }

  /**
   * If the program has many traces, frees the variables in the session that ran before. Only the
   * running session then keeps copies of the variables.
   */
  #releaseOthers(part: Part): void {
    if (this.#parts.length <= MOST_TOGETHER) return;
    const own = this.#sessions.get(part);
    if (this.#last !== own) this.#last?.release();
    this.#last = own;
  }

  /**
   * Merges the sessions of the program if variables have often been copied from session to session.
   */
  #putTogether(): void {
    this.#handOvers++;
    // Only parts with an open session are merged. If TensorFlow has rejected the graph of a part,
    // then its session is not open, and its graph would break the merged session.
    const parts = this.#parts.filter((part) => this.#sessions.get(part)!.isOpen);
    const sessions = new Set(parts.map((part) => this.#sessions.get(part)));
    if (
      sessions.size < 2 || this.#parts.length > MOST_TOGETHER ||
      this.#handOvers <= 2 * parts.length
    ) return;
    this.#handOvers = 0;
    this.#closeSessions();
    const together = new ProgramSession(parts);
    for (const part of parts) this.#sessions.set(part, together);
  }

  #closeSessions(): void {
    for (const session of new Set(this.#sessions.values())) session.close();
  }
}

/** Frees the tensors that a part keeps outside its session. */
function releasePart({ trace, rates }: Part): void {
  const backend = nativeBackend();
  rates.dispose();
  for (const { dataId } of trace.captured) {
    // If no tensor uses the data any more, then tfjs must stop counting the data in `tf.memory()`.
    if (backend.disposeData(dataId)) {
      tf.engine().removeDataId(dataId, tf.backend());
    }
  }
}

function requireVariables({ variables }: Trace): void {
  const disposed = variables.find(({ variable }) => variable.isDisposed);
  if (!disposed) return;
  throw new CompileError(
    `A compiled function uses the variable '${disposed.variable.name}', which has been disposed of.`,
  );
}

/**
 * Runs a part. If the run fails, then the source line is added to the error, because TensorFlow's
 * message names only the node.
 */
function runNamingLines(
  { trace, prefix }: Part,
  run: () => OutputMetadata[],
): OutputMetadata[] {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof CompileError) throw cause;
    const message = messageOf(cause);
    const node = new RegExp(`${prefix}/(\\w+)`).exec(message)?.[1];
    const operation = node?.replace(/_\d+$/, "");
    const place = node && trace.placeOf(node);
    const where = place
      ? describePlace({ ...place, functions: [] }, `the operation ${operation}`)
      : operation
      ? ` in the operation ${operation}`
      : "";
    throw new Error(`A compiled function failed${where}: ${message}`, { cause });
  }
}
