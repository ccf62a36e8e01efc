/**
 * Sends questions from the page to the worker that runs the neural networks. The networks are not
 * loaded until the first question is asked.
 */
import type { WorkerPort } from "../../game/mod.ts";
import type { NetworkReply, NetworkTask, NetworkTasks } from "./messages.ts";
import type { PackedFiles } from "./packed_files.ts";

export interface NetworkPorts {
  readonly start: () => WorkerPort;
  /** Returns the files of the networks, or null if the worker loads them itself. */
  readonly loadFiles: () => Promise<PackedFiles | null>;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** Sends questions to the worker that runs the neural networks, and returns the answers. */
export class NetworkClient {
  readonly #ports: NetworkPorts;
  readonly #waiting = new Map<number, Waiting>();
  #opened: Promise<WorkerPort> | undefined;
  #lastId = 0;

  constructor(ports: NetworkPorts) {
    this.#ports = ports;
  }

  /** Runs a task in the worker. Loads the networks first if they are not loaded yet. */
  async ask<Kind extends Exclude<NetworkTask, "open">>(
    kind: Kind,
    ask: NetworkTasks[Kind]["ask"],
  ): Promise<NetworkTasks[Kind]["answer"]> {
    const port = await (this.#opened ??= this.#open());
    return await this.#send(port, kind, ask) as NetworkTasks[Kind]["answer"];
  }

  async #open(): Promise<WorkerPort> {
    let port: WorkerPort | undefined;
    try {
      const files = await this.#ports.loadFiles();
      port = this.#ports.start();
      port.addEventListener("message", ({ data }) => this.#receive(data as NetworkReply));
      port.addEventListener("error", ({ message }) => this.#fail(message ?? "no message"));
      await this.#send(port, "open", files);
      return port;
    } catch (error) {
      // The next question tries to load them again, in another worker.
      port?.terminate();
      this.#opened = undefined;
      throw error;
    }
  }

  #send(port: WorkerPort, kind: NetworkTask, ask: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      port.postMessage({ id, kind, ask });
    });
  }

  #receive({ id, answer, error }: NetworkReply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }

  #fail(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(message));
    this.#waiting.clear();
    this.#opened = undefined;
  }
}
