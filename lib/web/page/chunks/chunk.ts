/// <reference lib="dom" />
/**
 * Parts of the page that are loaded when they are asked for.
 *
 * A part is a classic script that leaves its functions under a name: the one way that works from a
 * server and from a folder on disk alike, where `import()` is refused.
 */

const offered = (globalThis as { sudoganChunks?: Map<string, unknown> }).sudoganChunks ??= new Map<
  string,
  unknown
>();
const loading = new Map<string, Promise<unknown>>();

/** Called by a part: leaves its functions for the page. */
export function offerChunk<Chunk>(name: string, chunk: Chunk): void {
  offered.set(name, chunk);
}

/** Returns the functions of a part, whose script is loaded if it has not been yet. */
export async function loadChunk<Chunk>(name: string): Promise<Chunk> {
  const known = loading.get(name) ?? loadScript(`${name}.js`);
  loading.set(name, known);
  try {
    await known;
  } catch (error) {
    // The next attempt may find the network again.
    loading.delete(name);
    throw error;
  }
  return offered.get(name) as Chunk;
}

/** Runs a script of the page's folder. */
export function loadScript(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = name;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`Loading ${name}: wanted a script, found none.`));
    document.head.append(script);
  });
}
