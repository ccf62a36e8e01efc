/** Sends messages to the page that shows a notebook. */

/** One thing to show in several forms (MIME types). The page takes the best form that it knows. */
export interface Exhibit {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Sends the page a message of Jupyter's protocol. */
export type Broadcast = (
  type: "stream" | "display_data" | "update_display_data",
  content: Readonly<Record<string, unknown>>,
) => Promise<void>;

/**
 * Returns the kernel's own broadcast.
 *
 * @throws {Error} outside of a notebook
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
 * The kernel reports that a cell is done before its output has been sent, so a cell waits a little
 * for it.
 */
const SETTLE_MS = 50;

export async function settleOutput(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
