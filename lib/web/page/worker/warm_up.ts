/**
 * Prepares the workers for their first puzzle. A browser runs new code slowly until it has
 * optimized it, so the first Extreme puzzle of a worker takes about eight times as long as the
 * later ones.
 */
import type { TaskClient } from "../../game/mod.ts";

/** The delay before the preparation. By then, even a slow device has the board on screen. */
export const WARM_UP_MS = 2000;

/** More workers than this would save little time and take more memory. */
const MOST_WORKERS = 3;

/**
 * Returns how many workers, besides the first one, should look for a puzzle at the same time. More
 * workers than cores are slower: on two cores, two workers take 20 ms for a median Extreme puzzle,
 * and one or three take 27 ms.
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
 * Has each worker make a puzzle that nobody plays. The workers take turns, so that a core is left
 * for the page itself.
 */
export async function warmUp(clients: readonly TaskClient[]): Promise<void> {
  for (const client of clients) {
    await client.ask("generate", { size: 9, level: "extreme", seed: "warm up" })
      // A worker that fails here will fail again when it is needed, and is then reported.
      .catch(() => {});
  }
}
