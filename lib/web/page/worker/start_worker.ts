/// <reference lib="dom" />
/**
 * Starts the worker that solves, rates, makes and explains puzzles.
 *
 * A page opened from disk may not start one from a file. There, a script with the worker's text is
 * loaded instead, and the worker is made from that.
 */
import type { WorkerPort } from "../../game/mod.ts";
import { loadScript } from "../chunks/chunk.ts";

/** Returns what starts workers on this page; call it once. */
export function workerStarter(protocol: string): () => WorkerPort {
  if (protocol !== "file:") return () => new Worker("worker.js") as WorkerPort;
  const text = loadScript("worker_text.js").then(() =>
    (globalThis as unknown as { sudoganWorkerText: string }).sudoganWorkerText
  );
  return () => new LateWorker(text);
}

type Listener = (event: never) => void;

/** A worker whose text is not there yet: messages and listeners wait for it. */
class LateWorker implements WorkerPort {
  readonly #worker: Promise<Worker>;
  #isEnded = false;

  constructor(text: Promise<string>) {
    this.#worker = text.then((script) => {
      const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      return new Worker(url);
    });
  }

  postMessage(message: unknown): void {
    this.#worker.then((worker) => this.#isEnded ? worker.terminate() : worker.postMessage(message));
  }

  addEventListener(type: string, listener: Listener): void {
    this.#worker.then((worker) => worker.addEventListener(type, listener as EventListener));
  }

  terminate(): void {
    this.#isEnded = true;
    this.#worker.then((worker) => worker.terminate());
  }
}
