/**
 * Says how many generated images may be suspiciously near to training images by chance.
 *
 * An image is suspiciously near if the distance to its nearest training image is less than the r-th
 * smallest such distance among m unseen images. Suppose that the distances of generated images are
 * distributed like those of unseen images. Then all orderings of the distances are equally likely,
 * and the number of near images among n generated images has a beta-binomial distribution with the
 * parameters n, r and m − r + 1. A binomial distribution would be too narrow, because it takes the
 * limit as known, but the limit is estimated from the unseen images.
 */

/** The share of checks in which a generator that copies nothing may exceed the number. */
const LEVEL = 0.01;

export interface NearImages {
  /** Number of generated images. */
  readonly generated: number;
  /** Number of unseen images from which the limit was estimated. */
  readonly unseen: number;
  /** Rank of the unseen image whose distance is the limit; 1 is the nearest. */
  readonly rank: number;
}

/**
 * Returns the largest number of suspiciously near images that chance explains. A generator that
 * copies nothing has more near images than this in at most 1 % of all checks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * // The limit is the tenth smallest distance of 1000 unseen images.
 * assertEquals(mostNearByChance({ generated: 1000, unseen: 1000, rank: 10 }), 22);
 * ```
 */
export function mostNearByChance({ generated, unseen, rank }: NearImages): number {
  const others = unseen - rank + 1;
  // The logarithm of the probability of `near` images. It starts with none.
  let log = 0;
  for (let i = 0; i < rank; i++) log += Math.log((others + i) / (generated + others + i));
  let sum = 0;
  for (let near = 0; near < generated; near++) {
    sum += Math.exp(log);
    if (sum >= 1 - LEVEL) return near;
    const left = generated - near;
    log += Math.log((left / (near + 1)) * ((near + rank) / (left - 1 + others)));
  }
  return generated;
}
