/** The pattern that valid names match. All UUIDs match it. */
export const namePattern = /^[A-Za-z0-9-]{1,64}$/;

/**
 * Returns a name made from random bytes. To get a new name, call
 * `nameOfPuzzle(crypto.getRandomValues(new Uint8Array(8)))`. Unlike `crypto.randomUUID()`, this
 * call also works on a page without https.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(nameOfPuzzle(Uint8Array.of(1, 255)), "01ff");
 * ```
 */
export function nameOfPuzzle(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
