/** Draws random numbers from normal and χ² distributions, for use in simulations. */
import { randomStream } from "../../random.ts";

/**
 * Returns a function that draws random numbers from the standard normal distribution. The function
 * uses the Box–Muller transform.
 *
 * @param name name of the simulation (different names give independent numbers)
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
    // The argument of the logarithm is never 0, because a uniform number is less than 1.
    const radius = Math.sqrt(-2 * Math.log(1 - stream.uniform()));
    const angle = 2 * Math.PI * stream.uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * Returns a function that takes a number of degrees of freedom and draws a random number from the
 * χ² distribution with that many degrees of freedom. For n degrees of freedom, such a number is the
 * sum of the squares of n independent standard normal numbers.
 */
export function chiSquareStream(seed: number, name: string): (freedom: number) => number {
  const stream = randomStream(seed, `${name}, pairs`);
  const normal = normalStream(seed, name);
  return (freedom) => {
    let [sum, product] = [freedom % 2 === 1 ? normal() ** 2 : 0, 1];
    // The sum of the squares of two normal numbers has the same distribution as −2 log(1 − u),
    // where u is uniform on [0, 1). Drawing u is faster than drawing two normal numbers.
    for (let pair = 2; pair <= freedom; pair += 2) {
      product *= 1 - stream.uniform();
      // The sum of the logarithms is the logarithm of the product. The logarithm is taken before
      // the product becomes so small that it is rounded to 0.
      if (product > 1e-200) continue;
      sum -= 2 * Math.log(product);
      product = 1;
    }
    return sum - 2 * Math.log(product);
  };
}
