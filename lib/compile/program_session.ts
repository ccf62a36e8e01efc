/** The session of some of a program's traces; TensorFlow loads it when it is first needed. */
import { computesAcrossOperations } from "../native/threads.ts";
import { programNodes } from "./nodes.ts";
import { type Part, variablesOf } from "./part.ts";
import { Session } from "./session.ts";

export class ProgramSession {
  readonly #parts: readonly Part[];
  #session: Session | undefined;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** Whether TensorFlow has loaded it. */
  get isOpen(): boolean {
    return this.#session !== undefined;
  }

  open(): Session {
    if (this.#session) return this.#session;
    const variables = variablesOf(this.#parts);
    const inHalves = computesAcrossOperations();
    const nodes = programNodes(this.#parts, variables, inHalves);
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
