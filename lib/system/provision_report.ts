/** Types for the progress and the result of installing the native engine. */

/** The start or the progress of a step. */
export interface ProvisionReport {
  /** The current step. */
  readonly step: "wait" | "official" | "wheel" | "unpack" | "compile" | "check";
  /** A message for the user. */
  readonly message: string;
  /** Bytes done so far, in a step that counts bytes. */
  readonly doneBytes?: number;
  /** Bytes in total, in a step that counts bytes. */
  readonly totalBytes?: number;
}

/** Receives reports at the start and during each step. */
export type OnReport = (report: ProvisionReport) => void;

/** A source of the native files. */
export type Route = "official" | "wheel";

/** A successful installation. */
export interface Provisioned {
  /** Always true. */
  readonly ok: true;
  /** The source of the files; `present` if already installed. */
  readonly route: "present" | Route;
  /** A message for the user. */
  readonly message: string;
}

/** A failed installation. */
export interface NotProvisioned {
  /** Always false. */
  readonly ok: false;
  /** All attempts in order. */
  readonly attempts: readonly {
    /** The source that was tried; `files` for a problem with the engine's folders. */
    readonly route: Route | "files";
    readonly problem: string;
  }[];
  /** How to install the native engine. */
  readonly advice: string;
}

const REPORT_MS = 100;

/**
 * Passes on ten reports per second, and always the first report of a step and the last of a
 * download.
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

/** A step of an installation failed. The message says what was tried, wanted and found. */
export class RouteError extends Error {
  override name = "RouteError";
}

/**
 * Returns the message of a {@linkcode RouteError} or a system error.
 *
 * @throws any other error
 */
export function problemOf(error: unknown): string {
  if (error instanceof RouteError) return error.message;
  // A system error's code is a name such as ENOSPC. A DOMException's code is a number.
  if (
    error instanceof Error && "code" in error && typeof error.code === "string"
  ) {
    return error.message;
  }
  throw error;
}
