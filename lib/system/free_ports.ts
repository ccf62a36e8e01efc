/** Finds unused ports. */

/**
 * Returns `count` different ports of 127.0.0.1 that are currently free. Another program may
 * take one of the ports before the caller uses it.
 */
export function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map(({ addr }) => addr.port);
  for (const listener of listeners) listener.close();
  return ports;
}
