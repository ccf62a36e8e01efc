export interface LocalServer extends AsyncDisposable {
  /** Address of the server, with a slash at the end. */
  readonly url: string;
}

/**
 * Starts an HTTP server on this machine. The function `answer` is called with the requested path,
 * without its leading slash.
 */
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
      // A graceful shutdown would wait for clients that have read only half of a response.
      stop.abort();
      await server.finished;
    },
  };
}

/**
 * Starts a server that answers any request with the string `answer`. After the answer, the server
 * either closes the connection, or keeps it open and sends nothing more.
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

/** Returns the address of a port on which no server listens. */
export function closedAddress(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return addressOf(listener.addr.port);
}

function addressOf(port: number): string {
  return `http://127.0.0.1:${port}/`;
}
