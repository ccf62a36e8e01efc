/** Sends messages to the page that shows a notebook. */

/**
 * Content to show on the page, in several forms (MIME types). The page uses the richest form that
 * it supports.
 */
export interface Exhibit {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Sends a message of Jupyter's protocol to the page. */
export type Broadcast = (
  type: "stream" | "display_data" | "update_display_data",
  content: Readonly<Record<string, unknown>>,
) => Promise<void>;

/**
 * Returns the kernel's own broadcast function.
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
 * How long each cell waits at its end, in milliseconds. The wait is needed because the kernel
 * reports that a cell is done before all its output has been sent.
 */
const SETTLE_MS = 50;

export async function settleOutput(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
