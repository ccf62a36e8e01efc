/** Describes the progress and the result of an installation of the native engine. */

/** A report on the start or the progress of an installation step. */
export interface ProvisionReport {
  /** The current step. */
  readonly step: "wait" | "official" | "wheel" | "unpack" | "compile" | "check";
  /** A message for the user. */
  readonly message: string;
  /** Number of bytes processed so far; undefined if the step does not count bytes. */
  readonly doneBytes?: number;
  /** Total number of bytes; undefined if it is unknown or the step does not count bytes. */
  readonly totalBytes?: number;
}

/** Receives one report at the start of each step, and further reports during the step. */
export type OnReport = (report: ProvisionReport) => void;

/** A source from which the native files can be installed. */
export type Route = "official" | "wheel";

/** A successful installation. */
export interface Provisioned {
  /** Always true. */
  readonly ok: true;
  /** The source of the files; `present` if the files were already installed. */
  readonly route: "present" | Route;
  /** A message for the user. */
  readonly message: string;
}

/** A failed installation. */
export interface NotProvisioned {
  /** Always false. */
  readonly ok: false;
  /** All attempts, in the order in which they were made. */
  readonly attempts: readonly {
    /** The source that was tried; `files` if writing to the engine's folders failed. */
    readonly route: Route | "files";
    readonly problem: string;
  }[];
  /** Tells the user how to install the native engine. */
  readonly advice: string;
}

const REPORT_MS = 100;

/**
 * Returns a function that passes on at most ten reports per second. The first report of a step and
 * the last report of a download are always passed on.
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
 * The error for a failed installation step. Its message says what was tried, what was expected and
 * what was found.
 */
export class RouteError extends Error {
  override name = "RouteError";
}

/**
 * Returns the message of a {@linkcode RouteError} or a system error.
 *
 * @throws the given error if it is of any other kind
 */
export function problemOf(error: unknown): string {
  if (error instanceof RouteError) return error.message;
  // The code of a system error is a name such as ENOSPC, whereas the code of a DOMException is a
  // number.
  if (
    error instanceof Error && "code" in error && typeof error.code === "string"
  ) {
    return error.message;
  }
  throw error;
}
