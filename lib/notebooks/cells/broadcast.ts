/** The way to the page that a notebook is shown on. */

/**
 * What can be shown: one thing in several forms (MIME types), of which the page takes the best that
 * it knows.
 */
export interface Exhibit {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A message for the page, of Jupyter's protocol. */
export type Broadcast = (
  type: "stream" | "display_data" | "update_display_data",
  content: Readonly<Record<string, unknown>>,
) => Promise<void>;

/**
 * The kernel's own way.
 *
 * @throws {Error} outside of a notebook
 */
export function kernelBroadcast(): Broadcast {
  const { jupyter } = Deno as {
    readonly jupyter?: { readonly broadcast: Broadcast };
  };
  if (!jupyter) {
    throw new Error(
      "Showing something on a notebook's page: there is no page; this works in a notebook on the Deno kernel only.",
    );
  }
  return (type, content) => jupyter.broadcast(type, content);
}

/**
 * The kernel says that a cell is done before what it printed has left. A cell that waits a little
 * loses nothing.
 */
const SETTLE_MS = 50;

export async function settleOutput(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
