/** The session of some of a program's traces; TensorFlow loads it when it is first needed. */
import { computesAcrossOperations } from "../native/threads.ts";
import { programNodes } from "./nodes.ts";
import { type Part, variablesOf } from "./part.ts";
import { Session } from "./session.ts";

export class ProgramSession {
  readonly #parts: readonly Part[];
  readonly #feedsRows: boolean;
  #session: Session | undefined;

  /** @param feedsRows whether arguments may be rows of tables */
  constructor(parts: readonly Part[], feedsRows: boolean) {
    this.#parts = parts;
    this.#feedsRows = feedsRows;
  }

  /** Whether TensorFlow has loaded it. */
  get isOpen(): boolean {
    return this.#session !== undefined;
  }

  open(): Session {
    if (this.#session) return this.#session;
    const variables = variablesOf(this.#parts);
    const inHalves = computesAcrossOperations();
    const nodes = programNodes(this.#parts, variables, {
      inHalves,
      feedsRows: this.#feedsRows,
    });
    return this.#session = new Session(nodes, variables);
  }

  /** Frees its copies of the variables, which keep their values. */
  release(): void {
    this.#session?.release();
  }

  /** Frees it; the variables keep their values. */
  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }
}
