/** Creates Python environments for the Python packages that tests and benchmarks use. */
import { createHash } from "node:crypto";
import { writeAtomically } from "./atomic_write.ts";
import { userCacheFolder } from "./user_cache.ts";
import { findProgram, runCommand } from "./run_command.ts";
import { UserError } from "./user_error.ts";

/** The error for a Python environment that cannot be set up. */
export class PythonError extends UserError {
  override name = "PythonError";
}

export interface PythonOptions {
  /** Receives a message before an installation, which may take minutes. */
  readonly onReport?: (message: string) => void;
}

const COMPLETE = "complete";

/**
 * Creates a virtual environment in the user's cache and installs packages in it. If the environment
 * already exists, then it is used as is.
 *
 * @param requirements the path of a pip requirements file that pins exact versions
 * @returns the path of the Python program in the environment
 * @throws {PythonError} if Python 3 is missing or the installation fails
 */
export async function pythonEnvironment(
  requirements: string,
  { onReport }: PythonOptions = {},
): Promise<string> {
  const text = await Deno.readTextFile(requirements);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const folder = `${userCacheFolder()}/python/${hash}`;
  const python = Deno.build.os === "windows"
    ? `${folder}/Scripts/python.exe`
    : `${folder}/bin/python`;
  if (await exists(`${folder}/${COMPLETE}`)) return python;
  const base = await findProgram(["python3", "python"], ["--version"]);
  if (!base) {
    throw new PythonError(
      "Setting up Python: wanted python3, found none on the PATH. Install Python 3.11 or later, with venv and pip.",
    );
  }
  const packages = text.trim().split("\n").join(", ");
  onReport?.(`Installing ${packages} to ${folder} …`);
  try {
    await runCommand(base, ["-m", "venv", "--clear", folder]);
    await runCommand(python, [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--requirement",
      requirements,
    ]);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new PythonError(`Setting up Python: ${message}`, { cause });
  }
  await writeAtomically(`${folder}/${COMPLETE}`, "");
  return python;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
