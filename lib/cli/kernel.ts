/** `deno task kernel`: installs the Deno kernel for JupyterLab and VS Code. */
import { installKernel, jupyterFolder } from "../notebooks/runner/kernelspec.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";

const messages = {
  made: "The Deno kernel is installed",
  completed: "The Deno kernel was already installed; added the environment for TensorFlow",
  none: "The Deno kernel is already installed",
} as const;

async function main(args: readonly string[]): Promise<void> {
  const { folder } = taskCommand("kernel")
    .description("Registers the Deno kernel with Jupyter.")
    .option("--folder <path>", "Jupyter's data folder", jupyterFolder())
    .parse([...args], { from: "user" })
    .opts<{ folder: string }>();
  const { path, change } = await installKernel(folder);
  console.log(`${messages[change]}: ${path}`);
}

if (import.meta.main) await main(Deno.args).catch(reportError);
