/** Reports on the installation of the native engine: its progress and its result. */

/** Reports the start or the progress of a step. */
export interface ProvisionReport {
  /** What is being done. */
  readonly step: "wait" | "official" | "wheel" | "unpack" | "compile" | "check";
  /** A sentence for the user. */
  readonly message: string;
  /** Bytes that have been downloaded, of a download. */
  readonly doneBytes?: number;
  /** Bytes of the whole download. */
  readonly totalBytes?: number;
}

/** Told of each step, and of how far a download is. */
export type OnReport = (report: ProvisionReport) => void;

/** The source of the native files. */
export type Route = "official" | "wheel";

/** The result if the native engine is installed. */
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
    /** `files` stands for the folders of the engine, which are checked before any route. */
    readonly route: Route | "files";
    readonly problem: string;
  }[];
  /** Advice on how to install the native engine. */
  readonly advice: string;
}

const REPORT_MS = 100;

/**
 * Passes on each step's first report and at most ten reports per second, since a fast disk produces
 * thousands.
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
 * Thrown when a route cannot be used. The message tells the user what was tried, wanted and found.
 */
export class RouteError extends Error {
  override name = "RouteError";
}

/**
 * Returns the user's message for an error that ended an attempt. That may be a route's error or a
 * system error, such as a full disk.
 *
 * @throws the error itself if it is of any other kind
 */
export function problemOf(error: unknown): string {
  if (error instanceof RouteError) return error.message;
  // System errors carry a name such as ENOSPC; a DOMException's code is a number.
  if (
    error instanceof Error && "code" in error && typeof error.code === "string"
  ) {
    return error.message;
  }
  throw error;
}
