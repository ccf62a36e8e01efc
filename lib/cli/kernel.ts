/**
 * `deno task kernel`: makes the Deno kernel known to Jupyter, so that JupyterLab and VS Code can
 * open the notebooks.
 */
import { installKernel, jupyterFolder } from "../notebooks/runner/kernelspec.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";

const messages = {
  made: "The Deno kernel is installed",
  completed: "A Deno kernel was there; TensorFlow's environment was added",
  none: "The Deno kernel is there already",
} as const;

async function main(args: readonly string[]): Promise<void> {
  const { folder } = taskCommand("kernel")
    .description("Makes the Deno kernel known to Jupyter.")
    .option("--folder <path>", "Jupyter's folder of data", jupyterFolder())
    .parse([...args], { from: "user" })
    .opts<{ folder: string }>();
  const { path, change } = await installKernel(folder);
  console.log(`${messages[change]}: ${path}`);
}

if (import.meta.main) await main(Deno.args).catch(reportError);
