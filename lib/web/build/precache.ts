/**
 * Lists the files that the service worker keeps. Their version changes if any file of the page
 * changes.
 */

/**
 * The service worker keeps these files only once they have been requested. The networks and
 * notebooks are large. The texts of the workers' scripts are requested only by a page that was
 * opened from disk, and such a page has no service worker.
 */
const keptLater = /^(models|networks)\.js$|_text\.js$|^notebooks\//;

/** Returns a script that gives the service worker the list of files and their version. */
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
