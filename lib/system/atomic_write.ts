/**
 * Writes files so that they are never incomplete: each file is written under a temporary name and
 * then renamed.
 */

/**
 * Writes a file. At every moment, the file has either its old or its new content, and never just a
 * part of the new content.
 *
 * @param path the path to the file, whose folder must exist
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // The process id prevents a clash between two processes that write the same file.
  const temporary = `${path}.${Deno.pid}.tmp`;
  try {
    using file = await Deno.open(temporary, {
      write: true,
      create: true,
      truncate: true,
    });
    await writeAll(file, bytes);
    // Without this call, a power cut could leave an empty file under the final name.
    await file.sync();
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw withPath(error, path);
  }
  await Deno.rename(temporary, path);
}

const unfinished = /\.\d+\.tmp$/;

/**
 * Removes the temporary files that killed processes left in a folder and its subfolders. No other
 * process may be writing there.
 */
export async function removeUnfinishedWrites(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await removeUnfinishedWrites(path);
    else if (unfinished.test(name)) await Deno.remove(path);
  }
}

/**
 * Adds the file's path to a system error, since an error from a file that is already open does not
 * contain the path.
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
