/**
 * Lists the files that the service worker keeps, with a version that changes if any of them does.
 */

/**
 * Files that are kept only after they were requested. The networks are large, and only a page from
 * disk, which has no service worker, requests the workers' scripts.
 */
const keptLater = /^(models|networks)\.js$|_text\.js$/;

/** Returns a script that gives the service worker its list of files and their version. */
export async function precacheScript(files: Readonly<Record<string, string>>): Promise<string> {
  const all = JSON.stringify(Object.entries(files));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(all));
  const version = new Uint8Array(hash).slice(0, 8).toHex();
  const names = Object.keys(files).filter((name) => !keptLater.test(name));
  return `self.sudoganFiles=${JSON.stringify({ version, names })};`;
}
