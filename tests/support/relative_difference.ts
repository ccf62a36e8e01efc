/**
 * Returns the relative difference |found − wanted| / |wanted| of two vectors. The result is NaN if
 * the lengths of the vectors differ.
 */
export function relativeDifference(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
): number {
  if (found.length !== wanted.length) return NaN;
  let [difference, size] = [0, 0];
  for (let i = 0; i < wanted.length; i++) {
    difference += (found[i] - wanted[i]) ** 2;
    size += wanted[i] ** 2;
  }
  return Math.sqrt(difference / size);
}
