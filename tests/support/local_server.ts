export interface LocalServer extends AsyncDisposable {
  /** The address, with a slash at the end. */
  readonly url: string;
}

/** Starts an HTTP server. `answer` gets the path without its leading slash. */
export function serveHttp(
  answer: (path: string) => Response | Promise<Response>,
): LocalServer & { readonly requests: readonly string[] } {
  const requests: string[] = [];
  const stop = new AbortController();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    signal: stop.signal,
    onListen: () => {},
  }, (request) => {
    const path = new URL(request.url).pathname.slice(1);
    requests.push(path);
    return answer(path);
  });
  return {
    url: addressOf(server.addr.port),
    requests,
    async [Symbol.asyncDispose]() {
      // A graceful shutdown would wait for responses that the client has only half read.
      stop.abort();
      await server.finished;
    },
  };
}

/**
 * Starts a server that answers any request with these bytes. Then it closes the connection or keeps
 * it open in silence.
 */
export function serveBytes(
  answer: string,
  afterwards: "close" | "hold",
): LocalServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const serving = (async () => {
    for await (const connection of listener) {
      await connection.read(new Uint8Array(4096));
      await connection.write(new TextEncoder().encode(answer));
      if (afterwards === "close") connection.close();
      else connections.push(connection);
    }
  })();
  return {
    url: addressOf(listener.addr.port),
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
      for (const connection of connections) connection.close();
    },
  };
}

/** Returns an address at which nothing listens. */
export function closedAddress(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return addressOf(listener.addr.port);
}

function addressOf(port: number): string {
  return `http://127.0.0.1:${port}/`;
}
