/** The project's commands, run as processes of their own. */
import { fileURLToPath } from "node:url";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The path of a program in lib/cli. */
export function program(name: string): string {
  return fileURLToPath(import.meta.resolve(`../../lib/cli/${name}.ts`));
}

/** Runs a program to its end. */
export async function runProgram(
  path: string,
  args: readonly string[],
): Promise<Finished> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", path, ...args],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}
