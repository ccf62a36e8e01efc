/// <reference lib="dom" />
/**
 * Starts the page's workers. There are two kinds of workers: one kind solves, rates, makes and
 * explains puzzles, and the other kind runs the neural networks.
 *
 * If the page was opened from disk, then the browser does not allow it to start a worker from a
 * file. In this case, the page loads a script that contains the worker's code as a string, and
 * starts the worker from this string.
 */
import type { WorkerPort } from "../../game/mod.ts";
import { loadScript } from "../chunks/chunk.ts";

/**
 * Returns a function that starts workers. Even if the function starts several workers, it loads
 * their code from disk only once.
 *
 * @param protocol the protocol of the page's address, such as `file:`
 * @param name the name of the worker's script, without the extension
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

/**
 * A worker whose code may still be loading. Messages and listeners are passed on to the worker once
 * its code is loaded.
 */
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
