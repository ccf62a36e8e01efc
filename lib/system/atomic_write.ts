/** Writes files in such a way that no file is ever incomplete under its final name. */

/**
 * Writes a file under a temporary name and then renames it.
 *
 * @param path the final path of the file; its folder must exist
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // The process id keeps two processes from writing the same temporary file.
  const temporary = `${path}.${Deno.pid}.tmp`;
  try {
    using file = await Deno.open(temporary, {
      write: true,
      create: true,
      truncate: true,
    });
    await writeAll(file, bytes);
    // Without the sync, a power cut could leave an empty file under the final name.
    await file.sync();
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw withPath(error, path);
  }
  await Deno.rename(temporary, path);
}

const unfinished = /\.\d+\.tmp$/;

/**
 * Removes the temporary files that killed processes have left in a folder and its subfolders.
 * Meanwhile, no process may write to the folder.
 */
export async function removeUnfinishedWrites(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await removeUnfinishedWrites(path);
    else if (unfinished.test(name)) await Deno.remove(path);
  }
}

/**
 * Adds the path to a system error. If writing to an open file fails, then the error does not name
 * the path.
 */
function withPath(error: unknown, path: string): unknown {
  if (error instanceof Error && "code" in error) {
    const [problem] = error.message.split(/: \w+ '/);
    error.message = `${problem}: write '${path}'`;
  }
  return error;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await file.write(bytes.subarray(at));
  }
}
