/// <reference lib="dom" />
/**
 * Loads parts of the page on demand. A part is a classic script that stores its functions under a
 * name. This works both from a server and from a folder on disk, where `import()` is refused.
 */

const offered = (globalThis as { sudoganChunks?: Map<string, unknown> }).sudoganChunks ??= new Map<
  string,
  unknown
>();
const loading = new Map<string, Promise<unknown>>();

/** Stores the functions of a part for the page; called by the part. */
export function offerChunk<Chunk>(name: string, chunk: Chunk): void {
  offered.set(name, chunk);
}

/** Returns the functions of a part, after loading its script if necessary. */
export async function loadChunk<Chunk>(name: string): Promise<Chunk> {
  const known = loading.get(name) ?? loadScript(`${name}.js`);
  loading.set(name, known);
  try {
    await known;
  } catch (error) {
    // Allow a new attempt, because the network may be back by then.
    loading.delete(name);
    throw error;
  }
  return offered.get(name) as Chunk;
}

/** Runs a script from the page's folder. */
export function loadScript(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = name;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`Loading ${name}: wanted a script, found none.`));
    document.head.append(script);
  });
}
