/** Lists the files that the service worker caches in advance. */

/**
 * Matches the files that are not cached in advance. The networks and notebooks are large, so they
 * are cached only when the page has requested them. The scripts that contain a worker as a string
 * are needed only by pages opened from disk, which have no service worker.
 */
const keptLater = /^(models|networks)\.js$|_text\.js$|^notebooks\//;

/**
 * Returns a script that gives the service worker the list of files and their version. The version
 * changes whenever a file changes.
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
