/**
 * Reads hostile files in a thread of its own, so that the one that waits can see when a reader
 * hangs, and so that what a file has broken in a reader's library ends with the thread.
 */
import { randomStream } from "../../../lib/random.ts";
import { type HostileFormat, type HostileFormatName, hostileFormats } from "./formats.ts";

/** What is asked for: files by their numbers. */
export interface HostileTask {
  readonly format: HostileFormatName;
  readonly from: number;
  readonly to: number;
}

/** What is told: the number that comes next, from time to time; at the end what there was. */
export type HostileReport =
  | { readonly reached: number }
  | { readonly refused: number }
  | { readonly failed: string };

/** Files between two signs of life. */
const PACE = 50;

/** What a thread has in place of a window; the project is checked with a window's types. */
const thread = self as unknown as {
  onmessage: (message: { readonly data: HostileTask }) => Promise<void>;
  postMessage(report: HostileReport): void;
};

thread.onmessage = async ({ data }) => {
  let reached = data.from;
  try {
    const format = await hostileFormats[data.format]();
    let refused = 0;
    for (; reached < data.to; reached++) {
      if (reached % PACE === 0) report({ reached });
      if (await isRefused(format, data.format, reached)) refused++;
    }
    report({ refused });
  } catch (error) {
    const trace = error instanceof Error ? error.stack : error;
    report({ failed: `${data.format} file ${reached}: ${trace}` });
  }
};

function report(report: HostileReport): void {
  thread.postMessage(report);
}

/** Makes the file of that number and has it read. */
async function isRefused(
  format: HostileFormat,
  name: HostileFormatName,
  number: number,
): Promise<boolean> {
  const bytes = await format.make(randomStream(1, "hostile", name, number));
  const { length } = bytes;
  let read: number;
  try {
    read = await format.read(bytes);
  } catch (error) {
    if (!(error instanceof format.refusal)) throw error;
    // A message may quote the file, but not more than there is.
    if (error.message.length <= 1000 + length) return true;
    throw new Error(`a message of ${error.message.length} letters`);
  }
  if (read <= format.most(length)) return false;
  throw new Error(`${read} bytes were read from ${length}`);
}
