/**
 * Registers Deno's kernel with Jupyter. Unlike `deno jupyter --install`, this also sets the
 * environment variables in {@linkcode kernelEnvironment}. Settings that already exist are kept.
 */
import { join } from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../system/atomic_write.ts";
import { readJson } from "../../system/read_json.ts";
import { UserError } from "../../system/user_error.ts";

/**
 * Environment variables that keep TensorFlow's log and codes for terminal colours out of notebooks.
 */
export const kernelEnvironment = {
  TF_CPP_MIN_LOG_LEVEL: "3",
  NO_COLOR: "1",
} as const;

const kernelspecSchema = z.looseObject({
  argv: z.array(z.string()).min(1),
  display_name: z.string(),
  language: z.string(),
  env: z.record(z.string(), z.string()).optional(),
});

export type Kernelspec = z.output<typeof kernelspecSchema>;

/**
 * Thrown if the existing file kernel.json is not a kernelspec (Jupyter's description of a kernel).
 */
export class KernelspecError extends UserError {
  override name = "KernelspecError";
}

/** The path of the kernelspec, and whether it was created, completed or left unchanged. */
export interface InstalledKernel {
  readonly path: string;
  readonly change: "made" | "completed" | "none";
}

/**
 * Installs Deno's kernel for Jupyter.
 *
 * @param dataFolder Jupyter's data folder, which contains the folder `kernels`
 * @param deno path of the Deno executable that runs the kernel
 * @throws {KernelspecError} if kernel.json exists and is not a kernelspec
 */
export async function installKernel(
  dataFolder: string = jupyterFolder(),
  deno: string = Deno.execPath(),
): Promise<InstalledKernel> {
  const folder = join(dataFolder, "kernels", "deno");
  const path = join(folder, "kernel.json");
  const found = await readKernelspec(path);
  const wanted = found
    ? { ...found, env: { ...kernelEnvironment, ...found.env } }
    : makeKernelspec(deno);
  if (found && JSON.stringify(found) === JSON.stringify(wanted)) {
    return { path, change: "none" };
  }
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(path, `${JSON.stringify(wanted, null, 2)}\n`);
  return { path, change: found ? "completed" : "made" };
}

/**
 * Returns the content of a new kernel.json.
 *
 * @param deno path of the Deno executable that runs the kernel
 */
export function makeKernelspec(deno: string): Kernelspec {
  return {
    argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    env: { ...kernelEnvironment },
  };
}

/**
 * Returns the path of Jupyter's data folder. If JUPYTER_DATA_DIR is not set, this is the folder
 * that Jupyter uses by default on the operating system.
 */
export function jupyterFolder(): string {
  const named = Deno.env.get("JUPYTER_DATA_DIR");
  if (named) return named;
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? ".";
  switch (Deno.build.os) {
    case "darwin":
      return join(home, "Library", "Jupyter");
    case "windows":
      return join(Deno.env.get("APPDATA") ?? home, "jupyter");
    default:
      return join(
        Deno.env.get("XDG_DATA_HOME") || join(home, ".local", "share"),
        "jupyter",
      );
  }
}

async function readKernelspec(path: string): Promise<Kernelspec | undefined> {
  return await readJson(path, {
    parse: (json) => kernelspecSchema.parse(json),
    refuse: (problem, cause) =>
      new KernelspecError(
        `Installing the kernel: wanted a kernelspec in ${path}, found something else ` +
          `(${problem}). Remove it, then try again.`,
        { cause },
      ),
  });
}
