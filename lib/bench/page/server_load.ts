/** Starts `deno task sudoku play`, and sends it as many requests as many visitors would. */
import autocannon from "autocannon";
import { fileURLToPath } from "node:url";
import { UserError } from "../../system/user_error.ts";

/** A running server of the page. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
}

/** The answers to a load. */
export interface ServerLoad {
  readonly requestsPerSecond: number;
  /** Requests without an answer, or with a different status than 200. */
  readonly failures: number;
  /** The latency in milliseconds that 99 of 100 requests do not exceed. */
  readonly latency99: number;
}

/** Starts the server in a process of its own, on a free port. */
export async function startServer(): Promise<RunningServer> {
  const port = freePort();
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

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Sends requests for the files of a first load at a constant rate. */
export async function loadServer(
  { url }: Pick<RunningServer, "url">,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<ServerLoad> {
  const { requests, errors, timeouts, non2xx, latency } = await autocannon({
    url,
    connections: 50,
    overallRate: rate,
    duration: seconds,
    headers: { "accept-encoding": "gzip" },
    requests: ["/", "/style.css", "/page.js"].map((path) => ({ path })),
  });
  return {
    requestsPerSecond: requests.total / seconds,
    failures: errors + timeouts + non2xx,
    latency99: latency.p99,
  };
}
