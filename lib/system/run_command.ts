/** Runs other programs, such as pip or a compiler. */
import { RouteError } from "./provision_report.ts";

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a program and returns its standard output.
 *
 * @throws {RouteError} if the program is missing or fails; after a failure, the message quotes the
 * last lines of the program's output
 */
export async function runCommand(
  program: string,
  args: string[],
  options: CommandOptions = {},
): Promise<string> {
  const { env, signal } = options;
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...(env && { env: { ...env } }),
      ...(signal && { signal }),
    }).output();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new RouteError(
      `${program}: wanted the program, found no program with that name on the PATH`,
      { cause },
    );
  }
  signal?.throwIfAborted();
  const decoder = new TextDecoder();
  if (!output.success) {
    const said = `${decoder.decode(output.stdout)}\n${decoder.decode(output.stderr)}`;
    const command = [program, ...args].join(" ");
    throw new RouteError(
      `${shorten(command, 120)}: wanted success, found exit code ${output.code}: ` +
        `${lastLines(said)}`,
    );
  }
  return decoder.decode(output.stdout);
}

/**
 * Returns the first program that runs successfully with the given arguments, or undefined if no
 * program does.
 */
export async function findProgram(
  names: readonly string[],
  args: string[],
): Promise<string | undefined> {
  for (const name of names) {
    try {
      await runCommand(name, args);
      return name;
    } catch (error) {
      if (!(error instanceof RouteError)) throw error;
    }
  }
  return undefined;
}

function lastLines(text: string): string {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return shorten(lines.slice(-3).join(" / "), 400) || "no output";
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)} …`;
}
