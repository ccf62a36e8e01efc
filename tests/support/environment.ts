/**
 * Runs `body` with the given environment variables, and restores the previous values afterwards.
 * A variable whose value is `undefined` is unset while `body` runs.
 */
export function withEnvironment<T>(
  values: Readonly<Record<string, string | undefined>>,
  body: () => T,
): T {
  const before = Object.keys(values).map((name) => [name, Deno.env.get(name)] as const);
  setAll(Object.entries(values));
  try {
    return body();
  } finally {
    setAll(before);
  }
}

function setAll(
  values: readonly (readonly [string, string | undefined])[],
): void {
  for (const [name, value] of values) {
    if (value === undefined) Deno.env.delete(name);
    else Deno.env.set(name, value);
  }
}
