/**
 * Writes files under a temporary name, then renames them, so that they are either complete or
 * absent.
 */

/**
 * Writes a file so that its path always holds the old content or the new one, never a part.
 *
 * @param path path of the file; its folder must exist
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // The process's id keeps two processes that write the same file from clashing.
  const temporary = `${path}.${Deno.pid}.tmp`;
  try {
    using file = await Deno.open(temporary, {
      write: true,
      create: true,
      truncate: true,
    });
    await writeAll(file, bytes);
    // Without this, a power cut could leave an empty file under the new name.
    await file.sync();
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw withPath(error, path);
  }
  await Deno.rename(temporary, path);
}

/** Names the file in a system error, which omits it once the file is open. */
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
