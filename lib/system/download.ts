/** Downloads a file over HTTP and checks its hash. */
import { createHash } from "node:crypto";
import { type OnReport, RouteError } from "./provision_report.ts";

export interface DownloadOptions {
  readonly url: string;
  readonly path: string;
  readonly title: string;
  /**
   * Expected SHA-256 of the file, in hexadecimal. If undefined, then the file is checked against
   * the MD5 that Google's storage sends with its response.
   */
  readonly sha256?: string;
  readonly timeouts: Timeouts;
  readonly onReport: OnReport;
  readonly signal?: AbortSignal | undefined;
}

export interface Timeouts {
  /** Maximum number of milliseconds to wait for the server's response. */
  readonly answer: number;
  /** Maximum number of milliseconds to wait for more data. */
  readonly stall: number;
}

/**
 * Downloads a file and checks its hash.
 *
 * @throws {RouteError} if the server refuses the request, stalls, ends the download early or sends
 * the wrong bytes
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { url, path, sha256, timeouts, signal } = options;
  using watch = watchdog(signal);
  try {
    watch.within(timeouts.answer, "an answer");
    const response = await fetch(url, { signal: watch.signal });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new RouteError(
        `${url}: wanted the file, found HTTP status ${response.status}`,
      );
    }
    const stated = statedMd5(response);
    if (!sha256 && !stated) {
      await response.body.cancel();
      throw new RouteError(
        `${url}: wanted a hash to check the file, found none in the server's response`,
      );
    }
    const hash = createHash(sha256 ? "sha256" : "md5");
    await writeBody(response, path, options, (bytes) => {
      watch.within(timeouts.stall, "more bytes");
      hash.update(bytes);
    });
    requireHash(url, hash.digest("hex"), sha256 ?? stated!);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof RouteError) throw cause;
    throw new RouteError(`${url}: ${watch.late ?? rootMessage(cause)}`, {
      cause,
    });
  }
}

async function writeBody(
  response: Response,
  path: string,
  { title, onReport }: DownloadOptions,
  onBytes: (bytes: Uint8Array) => void,
): Promise<void> {
  const length = response.headers.get("content-length");
  const total = length === null ? {} : { totalBytes: Number(length) };
  let doneBytes = 0;
  using file = await Deno.open(path, {
    write: true,
    create: true,
    truncate: true,
  });
  try {
    for await (const bytes of response.body!) {
      onBytes(bytes);
      for (let at = 0; at < bytes.length;) {
        at += await file.write(bytes.subarray(at));
      }
      doneBytes += bytes.length;
      onReport({ step: "official", message: title, doneBytes, ...total });
    }
  } catch (cause) {
    // fetch throws a TypeError if the connection ends too soon.
    if (!(cause instanceof TypeError)) throw cause;
    throw new RouteError(
      `${response.url}: wanted ${length ?? "all"} bytes, found ${doneBytes}: the download ` +
        "ended early",
      { cause },
    );
  }
}

/** Returns the MD5, in hexadecimal, that Google's storage sends in a header. */
function statedMd5(response: Response): string | undefined {
  const base64 = /md5=([A-Za-z0-9+/]{22}==)/.exec(
    response.headers.get("x-goog-hash") ?? "",
  )?.[1];
  return base64 && Uint8Array.fromBase64(base64).toHex();
}

export function requireHash(
  source: string,
  found: string,
  wanted: string,
): void {
  if (found !== wanted) {
    throw new RouteError(
      `${source}: wanted the hash ${wanted}, found ${found}: not the right file`,
    );
  }
}

/** Returns a signal that fires when time runs out or the caller aborts. */
function watchdog(outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort(outer?.reason);
  outer?.throwIfAborted();
  outer?.addEventListener("abort", abort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: controller.signal,
    /** The reason for a timeout, if there was one. */
    late: undefined as string | undefined,
    within(milliseconds: number, wanted: string) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        this.late = `wanted ${wanted} within ${milliseconds / 1000} s, found none`;
        controller.abort(new Error(this.late));
      }, milliseconds);
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      outer?.removeEventListener("abort", abort);
    },
  };
}

/**
 * Returns the message of the innermost cause, because the message of fetch says only that the
 * request failed.
 */
function rootMessage(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause) {
    innermost = innermost.cause;
  }
  const message = innermost instanceof Error ? innermost.message : String(innermost);
  // The address is already in the final message.
  return message.replace(/^error sending request for url \([^)]*\): /, "");
}
