/**
 * Runs the notebooks through nbclient, which is how JupyterLab's world runs them without a browser: the other runner beside
 * `deno task notebooks`. It makes a Python environment of its own on first use.
 *
 *     deno run -A tests/notebooks/run_with_nbclient.ts [1 2 …]
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installKernel } from "../../lib/notebooks/kernelspec.ts";

const packages = [
  "nbclient==0.11.0",
  "nbformat==5.11.1",
  "jupyter_client==8.10.0",
];

/** Reads notebooks' names; prints what failed and returns 1 if anything did. */
const program = `
import sys, time, nbformat
from nbclient import NotebookClient
failed = 0
for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    begin = time.time()
    problem = ""
    try:
        NotebookClient(notebook, timeout=600, kernel_name="deno").execute()
    except Exception as error:
        problem = str(error)
    outputs = sum(len(cell.get("outputs", [])) for cell in notebook.cells)
    print(path, "FAILED " + problem if problem else "ok", f"{outputs} outputs, {time.time() - begin:.1f} s", flush=True)
    failed += bool(problem) or outputs == 0
print(f"{len(sys.argv) - 1 - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
`;

const folder = fileURLToPath(new URL("../../notebooks/", import.meta.url));

if (import.meta.main) Deno.exitCode = await main(Deno.args.map(Number));

async function main(numbers: readonly number[]): Promise<number> {
  const names = (await Array.fromAsync(Deno.readDir(folder)))
    .map(({ name }) => name)
    .filter((name) => /^\d.*\.ipynb$/.test(name))
    .filter((name) =>
      numbers.length === 0 || numbers.includes(Number.parseInt(name))
    ).sort();
  const python = await environment();
  const data = await Deno.makeTempDir({ prefix: "sudogan_jupyter_" });
  try {
    await installKernel(data);
    const { code } = await new Deno.Command(python, {
      args: ["-c", program, ...names],
      cwd: folder,
      env: { JUPYTER_PATH: data, NOTEBOOK_MODE: "fast", NOTEBOOK_RUNS: data },
      stdin: "null",
    }).spawn().status;
    return code;
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

/** The Python of an environment with the packages; made where it is missing. */
async function environment(): Promise<string> {
  const cache = Deno.env.get("XDG_CACHE_HOME") ||
    join(Deno.env.get("HOME") ?? ".", ".cache");
  const place = join(cache, "sudogan", packages[0].replace("==", "-"));
  const python = join(place, "bin", "python");
  if (await hasPackages(python)) return python;
  await run("python3", ["-m", "venv", place]);
  await run(python, ["-m", "pip", "install", "--quiet", ...packages]);
  return python;
}

async function hasPackages(python: string): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(python, {
      args: ["-c", "import nbclient, nbformat, jupyter_client"],
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(command, { args: [...args] })
    .spawn().status;
  if (!success) {
    throw new Error(
      `Making an environment for nbclient: '${command} ${
        args.join(" ")
      }' failed; Python 3 with venv and pip is needed.`,
    );
  }
}
