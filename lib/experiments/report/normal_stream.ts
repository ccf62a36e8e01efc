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
 * Returns a function that draws numbers from a χ² distribution, given its degrees of freedom. Such a
 * number is a sum of squares of independent standard normal numbers.
 */
export function chiSquareStream(seed: number, name: string): (freedom: number) => number {
  const stream = randomStream(seed, `${name}, pairs`);
  const normal = normalStream(seed, name);
  return (freedom) => {
    let sum = freedom % 2 === 1 ? normal() ** 2 : 0;
    // The squares of two normal numbers have an exponential sum, which is faster to draw.
    for (let pair = 0; pair + 2 <= freedom; pair += 2) sum -= 2 * Math.log(1 - stream.uniform());
    return sum;
  };
}
