/// <reference lib="dom" />
/**
 * Loads parts of the page when they are needed. Each part is a classic script, which stores its
 * functions under the name of the part. Such a script can be loaded from a server and also from a
 * folder on disk. The browser would refuse an `import()` from a folder on disk.
 */

const offered = (globalThis as { sudoganChunks?: Map<string, unknown> }).sudoganChunks ??= new Map<
  string,
  unknown
>();
const loading = new Map<string, Promise<unknown>>();

/**
 * Stores the functions of a part, so that the page can use them. The part's script calls this
 * function.
 */
export function offerChunk<Chunk>(name: string, chunk: Chunk): void {
  offered.set(name, chunk);
}

/**
 * Returns the functions of a part. If the part's script has not been loaded yet, it is loaded
 * first.
 */
export async function loadChunk<Chunk>(name: string): Promise<Chunk> {
  const known = loading.get(name) ?? loadScript(`${name}.js`);
  loading.set(name, known);
  try {
    await known;
  } catch (error) {
    // Allow another attempt, because the network may be back by then.
    loading.delete(name);
    throw error;
  }
  return offered.get(name) as Chunk;
}

/** Loads and runs a script from the page's folder. */
export function loadScript(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = name;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`Loading ${name}: wanted a script, found none.`));
    document.head.append(script);
  });
}
