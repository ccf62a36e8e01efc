/**
 * Creates formatted text for a notebook's page, and checks claims that the notebook's text makes.
 */
import type { Exhibit } from "./broadcast.ts";

/**
 * Returns Markdown text with computed values inserted into it. The numbers in such a text always
 * agree with the results.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(markdown`A mean of **${1 / 4}**.`.data["text/markdown"], "A mean of **0.25**.");
 * ```
 */
export function markdown(
  strings: TemplateStringsArray,
  ...values: readonly (string | number)[]
): Exhibit {
  const text = dedent(String.raw(strings, ...values));
  return { data: { "text/markdown": text, "text/plain": text }, metadata: {} };
}

/**
 * Returns an exhibit with HTML content.
 *
 * @param code the HTML, which must be safe because it is not escaped
 * @param plain the same content as plain text
 */
export function html(code: string, plain: string): Exhibit {
  return { data: { "text/html": code, "text/plain": plain }, metadata: {} };
}

/**
 * Marks an exhibit whose content differs from run to run, such as a time. When two runs of a
 * notebook are compared, marked exhibits are ignored.
 */
export function varying(exhibit: Exhibit): Exhibit {
  return {
    ...exhibit,
    metadata: { ...exhibit.metadata, sudogan: { varies: true } },
  };
}

/**
 * Checks a claim that the notebook's text makes, and returns a line that confirms the claim.
 *
 * @throws {Error} if the claim is false
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(check("two is even", 2 % 2 === 0), "✓ two is even");
 * assertThrows(() => check("three is even", 3 % 2 === 0), Error, "three is even");
 * ```
 */
export function check(claim: string, holds: boolean): string {
  if (!holds) throw new Error(`✗ This does not hold: ${claim}`);
  return `✓ ${claim}`;
}

/**
 * Checks a claim that holds only after the full number of training steps. In fast mode, which takes
 * only a few steps, the claim is only stated, not checked.
 *
 * @param full whether the notebook runs in full mode
 * @throws {Error} if the claim is false and the notebook runs in full mode
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(checkInFull(false, "all blobs", false), "– all blobs (looked at in full mode)");
 * assertThrows(() => checkInFull(true, "all blobs", false), Error, "all blobs");
 * ```
 */
export function checkInFull(full: boolean, claim: string, holds: boolean): string {
  return full ? check(claim, holds) : `– ${claim} (looked at in full mode)`;
}

function dedent(text: string): string {
  const lines = text.replace(/^\s*\n|\n\s*$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) =>
    line.length - line.trimStart().length
  );
  const indent = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(indent)).join("\n");
}
