/** Draws numbers from the standard normal distribution, for simulations. */
import { randomStream } from "../../random.ts";

/**
 * Returns a function that draws numbers from the standard normal distribution. It uses the
 * Box–Muller transform.
 *
 * @param name names the simulation; different names give independent numbers
 */
export function normalStream(seed: number, name: string): () => number {
  const stream = randomStream(seed, name);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // 1 − u is never 0.
    const radius = Math.sqrt(-2 * Math.log(1 - stream.uniform()));
    const angle = 2 * Math.PI * stream.uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * Returns a function that draws numbers from a χ² distribution, given its degrees of freedom. Such
 * a number is a sum of squares of independent standard normal numbers.
 */
export function chiSquareStream(seed: number, name: string): (freedom: number) => number {
  const stream = randomStream(seed, `${name}, pairs`);
  const normal = normalStream(seed, name);
  return (freedom) => {
    let [sum, product] = [freedom % 2 === 1 ? normal() ** 2 : 0, 1];
    // The squares of two normal numbers add up to −2 log(1 − u), which is faster to draw.
    for (let pair = 2; pair <= freedom; pair += 2) {
      product *= 1 - stream.uniform();
      // A sum of logarithms is the logarithm of the product, unless the product becomes 0.
      if (product > 1e-200) continue;
      sum -= 2 * Math.log(product);
      product = 1;
    }
    return sum - 2 * Math.log(product);
  };
}
