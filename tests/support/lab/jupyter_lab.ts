/**
 * Starts a real JupyterLab that was installed with pip. JupyterLab serves copies of the notebooks
 * from a temporary folder, which has links to the project's other folders. The tests that run in
 * JupyterLab therefore do not change any committed files.
 */
import { join } from "node:path";
import { installKernel } from "../../../lib/notebooks/runner/kernelspec.ts";
import { freePorts } from "../../../lib/system/free_ports.ts";
import { pythonEnvironment } from "../../../lib/system/python.ts";
import { dirname, fromFileUrl } from "../paths.ts";
import type { Requirement } from "../skip.ts";

const root = dirname(fromFileUrl(import.meta.url), 4);

/** Path of a Python interpreter that has JupyterLab, or the reason why there is none. */
const python = await pythonEnvironment(join(root, "tests/notebooks/lab/requirements.txt"))
  .then((path) => ({ path }), (error) => `no JupyterLab from pip (${firstLine(error)})`);

/**
 * True if JupyterLab could be installed. If JupyterLab could not be installed, this is a string
 * that states the reason.
 */
export const hasLab: Requirement = typeof python === "string" ? python : true;

export interface JupyterLab extends AsyncDisposable {
  /** Address of the server, without a slash at the end. */
  readonly url: string;
  /** Path of the folder that contains the copies of the notebooks. */
  readonly notebooks: string;
  /** Path of the folder for training runs that the notebooks start. */
  readonly runs: string;
  /** Kills all kernels at the same time, as a crash would. */
  killKernels(): Promise<void>;
}

/** Starts JupyterLab on a free port. The notebooks run in fast mode. */
export async function startLab(): Promise<JupyterLab> {
  if (typeof python === "string") throw new Error(python);
  const folder = await Deno.makeTempDir({ prefix: "sudogan_lab_" });
  const place = join(folder, "project");
  await copyProject(place);
  await installKernel(join(folder, "data"));
  const [port] = freePorts(1);
  const server = new Deno.Command(python.path, {
    args: ["-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"].concat([
      // The server sees only the notebooks, as when a user follows the README.
      `--ServerApp.root_dir=${place}/notebooks`,
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      "--IdentityProvider.token=",
    ]),
    env: {
      JUPYTER_PATH: join(folder, "data"),
      JUPYTER_DATA_DIR: join(folder, "data"),
      JUPYTER_CONFIG_DIR: join(folder, "config"),
      JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: await writeSettings(join(folder, "settings")),
      JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
      NOTEBOOK_MODE: "fast",
      NOTEBOOK_RUNS: join(folder, "runs"),
    },
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  }).spawn();
  const url = `http://127.0.0.1:${port}`;
  const end = async () => {
    // The server also ends its kernels, but it may wait for a kernel that hangs.
    server.kill("SIGTERM");
    const hangs = setTimeout(async () => {
      await killChildren(server.pid);
      server.kill("SIGKILL");
    }, 20_000);
    await server.status;
    clearTimeout(hangs);
    await Deno.remove(folder, { recursive: true });
  };
  await untilUp(url, server);
  return {
    url,
    notebooks: join(place, "notebooks"),
    runs: join(folder, "runs"),
    killKernels: () => killChildren(server.pid),
    [Symbol.asyncDispose]: end,
  };
}

/** Copies the notebooks, and makes links to the files and folders that their cells use. */
async function copyProject(place: string): Promise<void> {
  await Deno.mkdir(join(place, "notebooks"), { recursive: true });
  for (const { name } of Deno.readDirSync(join(root, "notebooks"))) {
    if (!name.endsWith(".ipynb") || name.startsWith(".")) continue;
    await Deno.copyFile(join(root, "notebooks", name), join(place, "notebooks", name));
  }
  for (const name of ["lib", "data", "tests", "node_modules", "deno.json", "deno.lock"]) {
    await Deno.symlink(join(root, name), join(place, name));
  }
}

/**
 * Settings with which JupyterLab puts all cells into the page, does not save automatically, and
 * fetches no news.
 */
const settings: Readonly<Record<string, unknown>> = {
  "notebook-extension/tracker": { windowingMode: "none" },
  "docmanager-extension/plugin": { autosave: false },
  "apputils-extension/notification": { fetchNews: "false", checkForUpdates: false },
};

async function writeSettings(folder: string): Promise<string> {
  for (const [name, values] of Object.entries(settings)) {
    const path = join(folder, "@jupyterlab", `${name}.jupyterlab-settings`);
    await Deno.mkdir(dirname(path, 1), { recursive: true });
    await Deno.writeTextFile(path, JSON.stringify(values));
  }
  return folder;
}

async function untilUp(url: string, server: Deno.ChildProcess): Promise<void> {
  const ended = server.status.then(({ code }) => {
    throw new Error(`JupyterLab ended with status ${code} before it answered.`);
  });
  const answers = async () => {
    for (;;) {
      const response = await fetch(`${url}/api/status`).catch(() => undefined);
      await response?.body?.cancel();
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  await Promise.race([ended, answers()]);
}

async function killChildren(parent: number): Promise<void> {
  const { stdout } = await new Deno.Command("ps", { args: ["-A", "-o", "pid=,ppid=,args="] })
    .output();
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    const [pid, ppid] = line.trim().split(/\s+/).map(Number);
    if (ppid === parent && line.includes("jupyter --kernel")) Deno.kill(pid, "SIGKILL");
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0];
}
