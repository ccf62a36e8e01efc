/**
 * Defines what the page may load and run. The page may load only files from its own origin, and its
 * HTML may not contain scripts or styles. The policy is also written into the HTML, because a page
 * opened from disk gets no headers.
 */

/** The sources that each directive allows. */
export const contentPolicy: Readonly<Record<string, readonly string[]>> = Object.freeze({
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  // The style sheet embeds the digits as a `data:` URL. Downloads and printed sheets use `blob:`
  // URLs.
  "img-src": ["'self'", "data:", "blob:"],
  "connect-src": ["'self'"],
  // A page opened from disk starts its workers from a `blob:` URL.
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
