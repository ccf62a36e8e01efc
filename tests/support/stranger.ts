import { assert } from "@std/assert";

/** Calls a function with the path of an empty folder, and removes the folder afterwards. */
export async function inEmptyFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_stranger_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs a Deno command and returns its output. Fails if the command fails. */
export async function runDeno(args: readonly string[], cwd: string): Promise<string> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [stdout, stderr] = [output.stdout, output.stderr]
    .map((bytes) => new TextDecoder().decode(bytes));
  assert(output.success, `deno ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}
