import { assertEquals } from "@std/assert";

interface Folder {
  readonly folder: string;
}

/**
 * Fails unless two runs have the same files. Compares only the files that are fully determined by
 * the seed and the options.
 */
export async function assertSameRun(
  run: Folder,
  whole: Folder,
  message: string,
): Promise<void> {
  const kept = (name: string) => !/^(engine|summary)\.json$|^tensorboard|\.tmp$/.test(name);
  const names = (await listFiles(whole.folder)).filter(kept);
  assertEquals((await listFiles(run.folder)).filter(kept), names, message);
  for (const name of names) {
    const [one, other] = await Promise.all(
      [run, whole].map(({ folder }) => Deno.readFile(`${folder}/${name}`)),
    );
    assertEquals(one, other, `${message}: ${name}`);
  }
}

/** Returns the paths of all files in a folder and its subfolders, relative to the folder. */
export async function listFiles(folder: string, below = ""): Promise<string[]> {
  const names: string[] = [];
  for await (
    const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)
  ) {
    if (isDirectory) names.push(...await listFiles(folder, `${below}${name}/`));
    else names.push(below + name);
  }
  return names.sort();
}
