/** Writes files that are never incomplete. */

/**
 * Writes a file under a temporary name and then renames it.
 *
 * @param path a path in an existing folder
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // The id avoids clashes between processes.
  const temporary = `${path}.${Deno.pid}.tmp`;
  try {
    using file = await Deno.open(temporary, {
      write: true,
      create: true,
      truncate: true,
    });
    await writeAll(file, bytes);
    // Without this, a power cut could leave an empty file under the final name.
    await file.sync();
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw withPath(error, path);
  }
  await Deno.rename(temporary, path);
}

const unfinished = /\.\d+\.tmp$/;

/**
 * Removes the temporary files of killed processes, in subfolders too. No process may be writing
 * there.
 */
export async function removeUnfinishedWrites(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await removeUnfinishedWrites(path);
    else if (unfinished.test(name)) await Deno.remove(path);
  }
}

/** Adds the path to a system error. Errors from open files lack the path. */
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
