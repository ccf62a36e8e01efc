/** The list of files that the service worker keeps, under a version that changes with any of them. */

/** Returns a script that tells the service worker which files it keeps, and their version. */
export async function precacheScript(files: Readonly<Record<string, string>>): Promise<string> {
  const all = JSON.stringify(Object.entries(files));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(all));
  const version = new Uint8Array(hash).slice(0, 8).toHex();
  // Only a page from disk asks for the worker's text, and such a page has no service worker.
  const names = Object.keys(files).filter((name) => name !== "worker_text.js");
  return `self.sudoganFiles=${JSON.stringify({ version, names })};`;
}
