/** Lists the files that the service worker keeps. */

/**
 * Files that are kept only once the page has requested them. The networks and notebooks are large.
 * Only a page opened from disk requests the workers' scripts as strings, and it has no service
 * worker.
 */
const keptLater = /^(models|networks)\.js$|_text\.js$|^notebooks\//;

/**
 * Returns a script that gives the service worker its files and their version. The version changes
 * with every change of a file.
 */
export async function precacheScript(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const hashes = await Promise.all([...files].map(async ([name, bytes]) => {
    const hash = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
    return `${new Uint8Array(hash).toHex()} ${name}\n`;
  }));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(hashes.join("")));
  const version = new Uint8Array(hash).slice(0, 8).toHex();
  const names = [...files.keys()].filter((name) => !keptLater.test(name));
  return `self.sudoganFiles=${JSON.stringify({ version, names })};`;
}
