/**
 * What the page may load and run: files of its own folder, and nothing written inside its HTML.
 *
 * The same policy stands in the page itself, where no server may send it, and in the server's
 * headers.
 */

/** By directive: the sources allowed. */
export const contentPolicy: Readonly<Record<string, readonly string[]>> = Object.freeze({
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  // The digits stand in the style sheet; downloads and printed sheets are made in the page.
  "img-src": ["'self'", "data:", "blob:"],
  "connect-src": ["'self'"],
  // From a folder, the worker can only be made from a text that the page holds.
  "worker-src": ["'self'", "blob:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
});

/** Returns the policy as a header or `<meta>` element says it. */
export function contentPolicyText(): string {
  return Object.entries(contentPolicy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}
