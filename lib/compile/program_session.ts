/**
 * A session that runs some of the traces of a program. TensorFlow loads the session's graph when
 * the session is first used.
 */
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

  /** Frees the session's copies of the variables. In tfjs the variables keep their values. */
  release(): void {
    this.#session?.release();
  }

  /** Frees the session. In tfjs the variables keep their values. */
  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }
}
