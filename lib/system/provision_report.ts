/** Reports on the installation of the native engine: its progress and its result. */

/** Reports the start or the progress of a step. */
export interface ProvisionReport {
  /** What is being done. */
  readonly step: "wait" | "official" | "wheel" | "unpack" | "compile" | "check";
  /** A sentence for the user. */
  readonly message: string;
  /** For a download: the number of bytes that have arrived. */
  readonly doneBytes?: number;
  /** For a download: its total size in bytes. */
  readonly totalBytes?: number;
}

/** Receives a report on each step, and reports on the progress of downloads. */
export type OnReport = (report: ProvisionReport) => void;

/** The way in which the native files are obtained. */
export type Route = "official" | "wheel";

/** The result if the native engine is now installed. */
export interface Provisioned {
  /** The engine is installed. */
  readonly ok: true;
  /** `present` means that it was already installed. */
  readonly route: "present" | Route;
  /** A sentence for the user. */
  readonly message: string;
}

/** The result if every route to a native engine failed. */
export interface NotProvisioned {
  /** The engine could not be installed. */
  readonly ok: false;
  /** The attempts in order, with the reason why each failed. */
  readonly attempts: readonly {
    /**
     * The route that was tried, or `files` for the engine's folders, which are checked before any
     * route.
     */
    readonly route: Route | "files";
    readonly problem: string;
  }[];
  /** Advice on how to install the native engine. */
  readonly advice: string;
}

const REPORT_MS = 100;

/**
 * Returns a callback that passes on each step's first report, the last report of a download, and
 * otherwise at most ten reports per second. Without this limit, a fast disk would produce thousands
 * per second.
 */
export function sparsely(onReport: OnReport): OnReport {
  let last = "";
  let due = 0;
  return (report) => {
    const now = performance.now();
    const complete = report.doneBytes !== undefined &&
      report.doneBytes === report.totalBytes;
    if (report.message === last && now < due && !complete) return;
    last = report.message;
    due = now + REPORT_MS;
    onReport(report);
  };
}

/**
 * Thrown when a route cannot be used. The message tells the user what was tried, what was expected
 * and what was found.
 */
export class RouteError extends Error {
  override name = "RouteError";
}

/**
 * Returns the message for the user about an error that ended an attempt. The error may come from a
 * route or from the system, for example because the disk is full.
 *
 * @throws the error itself if it is of any other kind
 */
export function problemOf(error: unknown): string {
  if (error instanceof RouteError) return error.message;
  // The code of a system error is a name such as ENOSPC. The code of a DOMException is a number.
  if (
    error instanceof Error && "code" in error && typeof error.code === "string"
  ) {
    return error.message;
  }
  throw error;
}
