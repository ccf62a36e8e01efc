/**
 * Reads hostile files in a separate thread, so that the main thread can notice if a reader hangs.
 * If a file corrupts the state of a library, then the corrupted state is discarded when the thread
 * ends.
 */
import { randomStream } from "../../../lib/random.ts";
import { type HostileFormat, type HostileFormatName, hostileFormats } from "./formats.ts";

/** A request to read the files with the numbers `from` … `to` − 1. */
export interface HostileTask {
  readonly format: HostileFormatName;
  readonly from: number;
  readonly to: number;
}

/**
 * A message from the thread. While the thread reads files, it regularly reports the number of the
 * next file. At the end, it reports the number of refused files or a failure.
 */
export type HostileReport =
  | { readonly reached: number }
  | { readonly refused: number }
  | { readonly failed: string };

const PACE = 50;

/**
 * The global scope of the worker. Its type is given here, because the project is type-checked as if
 * it ran in a window.
 */
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

/** Makes the file with the given number and reads it. Returns whether the file was refused. */
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
    // A message may quote the file, but must not be much longer than the file.
    if (error.message.length <= 1000 + length) return true;
    throw new Error(`a message of ${error.message.length} letters`);
  }
  if (read <= format.most(length)) return false;
  throw new Error(`${read} bytes were read from ${length}`);
}
