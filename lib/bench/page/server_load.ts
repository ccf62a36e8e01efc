/**
 * Starts the server of `deno task sudoku play`, and measures its responses while requests are sent
 * at a constant rate.
 */
import { fileURLToPath } from "node:url";
import { quantile } from "../rounds.ts";
import { freePorts } from "../../system/free_ports.ts";
import { UserError } from "../../system/user_error.ts";

/** The page's server, which runs in a child process. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
}

/** The results of {@linkcode loadServer}. */
export interface ServerLoad {
  readonly requestsPerSecond: number;
  /** The number of requests that were not answered, or were answered with an error status. */
  readonly failures: number;
  /** The 99th percentile of the time until a request is answered, in milliseconds. */
  readonly latency99: number;
}

/** Starts the server on a free port, in a separate process. */
export async function startServer(): Promise<RunningServer> {
  const [port] = freePorts(1);
  const program = fileURLToPath(import.meta.resolve("../../cli/sudoku.ts"));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program, "play", "--port", String(port)],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { done } = await reader.read();
  if (done) throw new UserError("Starting the page's server: wanted its address, found none.");
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      await reader.cancel();
      child.kill();
      await child.status;
    },
  };
}

/** Paths of files that a browser requests when it first loads the page. */
const paths = ["", "style.css", "page.js"];

/**
 * Asks for uncompressed files. The server then sends more bytes, and this process need not
 * decompress them.
 */
const headers = { "accept-encoding": "identity" };

const CONNECTIONS = 50;

/**
 * Requests the files of a first load at a constant rate, over a fixed number of connections. If all
 * connections are waiting for an answer, then the next request is sent late.
 */
export async function loadServer(
  { url }: Pick<RunningServer, "url">,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<ServerLoad> {
  const latencies: number[] = [];
  let [next, failures] = [0, 0];
  const began = performance.now();
  const visit = async () => {
    while (performance.now() - began < seconds * 1000 && next < rate * seconds) {
      const request = next++;
      await delay(began + (request / rate) * 1000 - performance.now());
      const sent = performance.now();
      const isAnswered = await fetch(url + paths[request % paths.length], { headers }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.ok;
        },
        () => false,
      );
      if (isAnswered) latencies.push(performance.now() - sent);
      else failures++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, visit));
  const elapsed = (performance.now() - began) / 1000;
  return {
    requestsPerSecond: latencies.length / Math.max(elapsed, seconds),
    failures,
    latency99: latencies.length > 0 ? quantile(latencies, 0.99) : NaN,
  };
}

async function delay(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
