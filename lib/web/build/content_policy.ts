/**
 * Restricts what the page may load and run: only files from its own folder, and nothing written
 * inside its HTML. The page itself contains the same policy as the server's headers, for the case
 * that no server sends it.
 */

/** The allowed sources, by directive. */
export const contentPolicy: Readonly<Record<string, readonly string[]>> = Object.freeze({
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  // The style sheet contains the digits, and the page itself makes downloads and printed sheets.
  "img-src": ["'self'", "data:", "blob:"],
  "connect-src": ["'self'"],
  // In a page from a folder, the worker can only be made from a string that the page holds.
  "worker-src": ["'self'", "blob:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
});

/** Returns the policy in the form for a header or `<meta>` element. */
export function contentPolicyText(): string {
  return Object.entries(contentPolicy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}
