/**
 * Runs the same steps in Python for comparison. Each peer runs in a separate process, which
 * executes peers/serve.py.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Contender } from "./contender.ts";
import type { ModelName } from "./layers_models.ts";

export type Framework = "torch" | "keras" | "tensorflow" | "jax" | "fid" | "layers";
export type Task = "gan" | "classifier" | "frechet" | "inception" | ModelName;

/** A configuration in which a peer can run. */
export interface PeerConfiguration {
  readonly name: string;
  readonly peer: string;
  readonly framework: Framework;
  readonly task: Task;
  /** Name of a mode. The framework's Python file in peers/ defines the available modes. */
  readonly mode: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface PeerOptions extends PeerConfiguration {
  /** Path of a Python interpreter that has the packages in {@linkcode requirements}. */
  readonly python: string;
  /** Path of the folder that contains the MNIST files. */
  readonly data: string;
  readonly threads: number;
}

/** A peer that runs in a Python process. */
export interface Peer extends Contender {
  readonly versions: Readonly<Record<string, string | number>>;
}

/** Path of the file that lists the required Python packages. */
export const requirements = pathOf("peers/requirements.txt");

/**
 * Starts a peer and waits until its data is loaded.
 *
 * @throws {Error} if the process ends early. The message quotes the last line of its error output.
 */
export async function startPeer(options: PeerOptions): Promise<Peer> {
  const { name, peer, framework, task, mode, python, data, threads } = options;
  const child = spawn(python, [
    pathOf("peers/serve.py"),
    framework,
    task,
    mode,
    data,
    `${threads}`,
  ], { env: environmentOf(options) });
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text) => said.push(text));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const lines = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await answers.next();
    if (!done) return JSON.parse(value);
    await ended;
    const end = said.join("").trim().split("\n").at(-1);
    throw new Error(`${name} ended before it answered: ${end}`);
  };
  return {
    name,
    peer,
    versions: await read(),
    async time(steps) {
      child.stdin.write(`${steps}\n`);
      return await read();
    },
    async dispose() {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * Returns the environment variables for a peer's process. The function copies the variables of this
 * process without OMP_WAIT_POLICY, and adds the peer's settings.
 */
function environmentOf(
  { threads, environment }: PeerOptions,
): Record<string, string> {
  const { OMP_WAIT_POLICY: _, ...inherited } = Deno.env.toObject();
  return {
    ...inherited,
    TF_NUM_INTRAOP_THREADS: `${threads}`,
    TF_NUM_INTEROP_THREADS: `${threads}`,
    ...environment,
  };
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
