import { fileURLToPath } from "node:url";
import { TextLineStream } from "./lines.ts";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Returns the path of a program in lib/cli. */
export function program(name: string): string {
  return fileURLToPath(import.meta.resolve(`../../lib/cli/${name}.ts`));
}

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

/**
 * Starts a program with --json, sends it a signal once it has reported the given step, and waits
 * until the program has ended.
 */
export async function runUntilStep(
  path: string,
  step: number,
  args: string[],
  signal: Deno.Signal,
): Promise<Finished> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", path, ...args, "--json"],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  let stdout = "";
  let sent = false;
  for await (
    const line of child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(
      new TextLineStream(),
    )
  ) {
    stdout += `${line}\n`;
    if (sent || !line.includes(`"step":${step},`)) continue;
    child.kill(signal);
    sent = true;
  }
  return { code: (await child.status).code, stdout, stderr: await stderr };
}
