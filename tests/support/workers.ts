/** Counts the web workers that zip.js starts. */
import { configure, terminateWorkers } from "@zip.js/zip.js";

/**
 * Returns how many web workers `body` starts. The default settings of zip.js allow workers, so code
 * that wants none must say so itself.
 */
export async function countWorkers(body: () => Promise<unknown>): Promise<number> {
  // A worker that is left over from an earlier test would be used again instead of a new one.
  await terminateWorkers();
  configure({ useWebWorkers: true });
  const { Worker } = globalThis;
  let started = 0;
  globalThis.Worker = class extends Worker {
    constructor(...options: ConstructorParameters<typeof Worker>) {
      super(...options);
      started++;
    }
  };
  try {
    await body();
  } finally {
    globalThis.Worker = Worker;
    await terminateWorkers();
  }
  return started;
}
