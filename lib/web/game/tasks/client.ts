/** Sends the page's tasks to a worker. The worker runs one task at a time. */
import { GameError } from "../game_error.ts";
import type { TaskKind, TaskReply, Tasks } from "./task.ts";

/** The methods of `Worker` that the client uses. */
export interface WorkerPort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "error", listener: (event: { message?: string }) => void): void;
  terminate(): void;
}

/** Options for a task. */
export interface AskOptions {
  /**
   * When this signal aborts, the task is stopped, and its promise is rejected with the signal's
   * reason.
   */
  readonly signal?: AbortSignal;
  /**
   * When this signal aborts, the answer is no longer needed, and the promise is rejected. A running
   * task continues until it is done or until a different task needs the worker. The task is not
   * stopped at once, because stopping it would end the worker, and a new worker is slow until its
   * code is optimized.
   */
  readonly release?: AbortSignal;
  /** Called several times while the task runs. `of` is null if the total is unknown. */
  readonly onProgress?: (done: number, of: number | null) => void;
}

interface Waiting {
  readonly id: number;
  readonly kind: TaskKind;
  readonly ask: unknown;
  readonly onProgress: AskOptions["onProgress"];
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Sends tasks to a worker. If a running task is stopped, then the worker ends, and the next task
 * starts a new worker.
 */
export class TaskClient {
  readonly #start: () => WorkerPort;
  #port: WorkerPort | undefined;
  #queue: readonly Waiting[] = [];
  #running: Waiting | undefined;
  /**
   * Whether the running task has been released, which means that its answer is no longer needed.
   */
  #isReleased = false;
  #lastId = 0;

  /** @param start creates a worker; it is called again after a worker has ended */
  constructor(start: () => WorkerPort) {
    this.#start = start;
  }

  /**
   * Runs a task after all earlier tasks.
   *
   * @throws {GameError} when the request is refused; the promise is then rejected
   */
  ask<Kind extends TaskKind>(
    kind: Kind,
    ask: Tasks[Kind]["ask"],
    { signal, release, onProgress }: AskOptions = {},
  ): Promise<Tasks[Kind]["answer"]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const id = ++this.#lastId;
      const stop = () => this.#stop(id, signal?.reason);
      const leave = () => this.#release(id, release?.reason);
      const settled = <Value>(settle: (value: Value) => void) => (value: Value) => {
        signal?.removeEventListener("abort", stop);
        release?.removeEventListener("abort", leave);
        settle(value);
      };
      signal?.addEventListener("abort", stop, { once: true });
      release?.addEventListener("abort", leave, { once: true });
      this.#queue = [...this.#queue, {
        ...{ id, kind, ask, onProgress },
        resolve: settled(resolve as (answer: unknown) => void),
        reject: settled(reject),
      }];
      this.#next();
    });
  }

  close(): void {
    const waiting = [...this.#running ? [this.#running] : [], ...this.#queue];
    this.#queue = [];
    this.#drop();
    const reason = new DOMException("The worker was closed.", "AbortError");
    for (const { reject } of waiting) reject(reason);
  }

  #next(): void {
    const [next, ...rest] = this.#queue;
    if (next === undefined) return;
    if (this.#isReleased) this.#drop();
    if (this.#running !== undefined) return;
    this.#queue = rest;
    this.#running = next;
    try {
      this.#port ??= this.#open();
      this.#port.postMessage({ id: next.id, kind: next.kind, ask: next.ask });
    } catch (error) {
      this.#settle(({ reject }) => reject(error));
    }
  }

  #open(): WorkerPort {
    const port = this.#start();
    port.addEventListener("message", ({ data }) => {
      if (port === this.#port) this.#receive(data as TaskReply);
    });
    port.addEventListener("error", ({ message }) => {
      if (port === this.#port) this.#fail(message ?? "no message");
    });
    return port;
  }

  #receive(reply: TaskReply): void {
    if (reply.id !== this.#running?.id) return;
    switch (reply.kind) {
      case "progress":
        return this.#running.onProgress?.(reply.done, reply.of);
      case "answer":
        return this.#settle(({ resolve }) => resolve(reply.answer));
      case "refused":
        return this.#settle(({ reject }) => reject(new GameError(reply.code, reply.message)));
      case "failed":
        return this.#settle(({ reject }) => reject(new Error(reply.message)));
    }
  }

  #settle(settle: (task: Waiting) => void): void {
    const task = this.#running;
    this.#running = undefined;
    this.#isReleased = false;
    if (task) settle(task);
    this.#next();
  }

  /** Ends a worker that has failed, because it cannot be used again. */
  #fail(message: string): void {
    const task = this.#running;
    this.#drop();
    task?.reject(new Error(`The worker failed: ${message}`));
    this.#next();
  }

  #stop(id: number, reason: unknown): void {
    const task = this.#running?.id === id
      ? this.#running
      : this.#queue.find((waiting) => waiting.id === id);
    if (task === undefined) return;
    this.#queue = this.#queue.filter((waiting) => waiting !== task);
    // A computing worker receives no messages, so it must be ended.
    if (task === this.#running) this.#drop();
    task.reject(reason);
    this.#next();
  }

  #release(id: number, reason: unknown): void {
    if (this.#running?.id !== id) return this.#stop(id, reason);
    this.#isReleased = true;
    this.#running.reject(reason);
    this.#next();
  }

  #drop(): void {
    this.#running = undefined;
    this.#isReleased = false;
    this.#port?.terminate();
    this.#port = undefined;
  }
}
