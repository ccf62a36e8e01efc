/**
 * Lists the files that the service worker keeps, with a version that changes if any of them does.
 */

/**
 * Files that are kept only after they were requested. The networks and notebooks are large, and
 * only a page from disk, which has no service worker, requests the workers' scripts.
 */
const keptLater = /^(models|networks)\.js$|_text\.js$|^notebooks\//;

/** Returns a script that gives the service worker its list of files and their version. */
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
