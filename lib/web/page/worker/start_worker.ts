/// <reference lib="dom" />
/**
 * Starts workers: one that solves, rates, makes and explains puzzles, and one for the networks. A
 * page opened from disk may not start a worker from a file. Such a page loads a script that
 * contains the worker's code as a string, and starts the worker from that string.
 */
import type { WorkerPort } from "../../game/mod.ts";
import { loadScript } from "../chunks/chunk.ts";

/**
 * Returns a function that starts workers on this page. Call this once for each kind of worker.
 *
 * @param name the name of the script, without its extension
 */
export function workerStarter(protocol: string, name: string): () => WorkerPort {
  if (protocol !== "file:") return () => new Worker(`${name}.js`) as WorkerPort;
  let text: Promise<string> | undefined;
  return () => new LateWorker(text ??= loadText(name));
}

async function loadText(name: string): Promise<string> {
  await loadScript(`${name}_text.js`);
  return (globalThis as unknown as { sudoganTexts: Record<string, string> }).sudoganTexts[name];
}

type Listener = (event: never) => void;

/** A worker whose script may still be loading. Messages and listeners wait until it is loaded. */
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
