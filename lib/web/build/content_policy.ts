/**
 * Defines what the page may load and run: only files from its own origin, and no scripts or styles
 * inside its HTML. The HTML contains the policy too, because a page opened from disk gets no
 * headers.
 */

/** The allowed sources of each directive. */
export const contentPolicy: Readonly<Record<string, readonly string[]>> = Object.freeze({
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  // The style sheet embeds the digits as `data:`. Downloads and printed sheets are `blob:`.
  "img-src": ["'self'", "data:", "blob:"],
  "connect-src": ["'self'"],
  // A page opened from disk starts its workers from a `blob:`.
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
