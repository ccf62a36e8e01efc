/** Sends messages to a notebook's page. */

/**
 * The same content in several MIME types. The notebook's page shows the richest type that it
 * supports.
 */
export interface Exhibit {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A function that sends a message in Jupyter's protocol. */
export type Broadcast = (
  type: "stream" | "display_data" | "update_display_data",
  content: Readonly<Record<string, unknown>>,
) => Promise<void>;

/**
 * Returns the function with which the Deno kernel sends messages to the notebook's page.
 *
 * @throws {Error} when the code does not run in a notebook
 */
export function kernelBroadcast(): Broadcast {
  const { jupyter } = Deno as {
    readonly jupyter?: { readonly broadcast: Broadcast };
  };
  if (!jupyter) {
    throw new Error(
      "Showing something on a notebook's page: there is no page. This works only in a notebook with the Deno kernel.",
    );
  }
  return (type, content) => jupyter.broadcast(type, content);
}

/**
 * Milliseconds to wait at the end of a cell. The wait is necessary because the kernel reports the
 * end of the cell before all output is sent.
 */
const SETTLE_MS = 50;

export async function settleOutput(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
