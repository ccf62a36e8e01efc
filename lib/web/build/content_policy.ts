/**
 * Defines what the page may load and run: only files from its own origin, and no scripts or styles
 * inside its HTML. The policy is contained not only in the server's headers but also in the HTML,
 * in case no server sends it.
 */

/** For each directive of the policy: the allowed sources. */
export const contentPolicy: Readonly<Record<string, readonly string[]>> = Object.freeze({
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  // The style sheet contains the digits, and the page itself makes downloads and printed sheets.
  "img-src": ["'self'", "data:", "blob:"],
  "connect-src": ["'self'"],
  // A page opened from a folder can make its worker only from a string that the page contains.
  "worker-src": ["'self'", "blob:"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
});

/** Returns the policy as the value of a header or a `<meta>` element. */
export function contentPolicyText(): string {
  return Object.entries(contentPolicy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}
