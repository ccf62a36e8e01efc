/**
 * Prepares the workers for their first puzzle. A browser runs new code slowly until it has
 * optimized the code. Without preparation, a worker's first Extreme puzzle takes about eight times
 * as long as its later ones.
 */
import type { TaskClient } from "../../game/mod.ts";

/**
 * Milliseconds from the start of the page until the preparation of the workers begins. By then,
 * even a slow device shows the board.
 */
export const WARM_UP_MS = 2000;

/**
 * The maximum number of workers that look for a puzzle at the same time. More workers would save
 * little time, and they would take more memory.
 */
const MOST_WORKERS = 3;

/**
 * Returns how many more workers should look for a puzzle alongside the first one. If there are more
 * workers than cores, then the search takes longer. For example, on two cores, the median time for
 * an Extreme puzzle is 20 ms with two workers, but 27 ms with one or three.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals([1, 2, 8].map(racerCount), [0, 1, 2]);
 * ```
 */
export function racerCount(cores: number | undefined): number {
  return Math.min(cores ?? 2, MOST_WORKERS) - 1;
}

/**
 * Has each worker make a puzzle that nobody will play. Only one worker runs at a time, so that
 * another core stays free for the page itself.
 */
export async function warmUp(clients: readonly TaskClient[]): Promise<void> {
  for (const client of clients) {
    await client.ask("generate", { size: 9, level: "extreme", seed: "warm up" })
      // A worker that fails here will fail again when it is needed, and is then reported.
      .catch(() => {});
  }
}
