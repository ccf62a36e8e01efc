/** Defines the reports on the progress and the result of installing the native engine. */

/** A report on the start or the progress of a step. */
export interface ProvisionReport {
  /** What is being done. */
  readonly step: "wait" | "official" | "wheel" | "unpack" | "compile" | "check";
  /** A message for the user. */
  readonly message: string;
  /** For a download: the number of bytes that have arrived. */
  readonly doneBytes?: number;
  /** For a download: the total number of bytes. */
  readonly totalBytes?: number;
}

/** Receives a report at the start of each step, and further reports as a download proceeds. */
export type OnReport = (report: ProvisionReport) => void;

/** Where the native files come from. */
export type Route = "official" | "wheel";

/** The result if the native engine is installed. */
export interface Provisioned {
  /** The engine is installed. */
  readonly ok: true;
  /** Where the engine came from; `present` means that it had already been installed. */
  readonly route: "present" | Route;
  /** A message for the user. */
  readonly message: string;
}

/** The result if the engine could not be obtained through any route. */
export interface NotProvisioned {
  /** The engine could not be installed. */
  readonly ok: false;
  /** The attempts in order, each with the reason why it failed. */
  readonly attempts: readonly {
    /**
     * The route that was tried. `files` stands for the check of the engine's folders, which comes
     * before all routes.
     */
    readonly route: Route | "files";
    readonly problem: string;
  }[];
  /** Advice on how to install the native engine. */
  readonly advice: string;
}

const REPORT_MS = 100;

/**
 * Returns a callback that passes on only some of the reports. These are the first report of each
 * step, the last report of a download, and otherwise at most ten reports per second. Without this
 * limit, there could be thousands of reports per second.
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
 * Returns what to tell the user about an error that ended an attempt. The error may come from a
 * route, or from the system (for example, if the disk is full).
 *
 * @throws the error itself if it is neither of these
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
