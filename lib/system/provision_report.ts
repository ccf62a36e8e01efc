/** What putting the native engine in place says of itself, and how it ends. */

/** A step that has begun, or how far it is. */
export interface ProvisionReport {
  readonly step: "wait" | "official" | "wheel" | "unpack" | "compile" | "check";
  /** A sentence for the user. */
  readonly message: string;
  readonly doneBytes?: number;
  readonly totalBytes?: number;
}

export type OnReport = (report: ProvisionReport) => void;

/** Where the native files came from. */
export type Route = "official" | "wheel";

/** The native engine is in place. */
export interface Provisioned {
  readonly ok: true;
  /** `present`: it had been there already. */
  readonly route: "present" | Route;
  /** A sentence for the user. */
  readonly message: string;
}

/** No route led to a native engine. */
export interface NotProvisioned {
  readonly ok: false;
  /** What was tried, in order, and why it failed. */
  readonly attempts: readonly {
    /** `files`: the folders that the engine is to be put in, before any route. */
    readonly route: Route | "files";
    readonly problem: string;
  }[];
  /** How to get the native engine. */
  readonly advice: string;
}

const REPORT_MS = 100;

/**
 * Passes on each step's first report and at most ten more a second: a fast disk has thousands of
 * them.
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

/** A route that cannot be taken, with a message for the user: what was tried, wanted and found. */
export class RouteError extends Error {
  override name = "RouteError";
}

/**
 * What to tell the user of an error that ends an attempt: one of a route, or one of the system,
 * such as a full disk.
 *
 * @throws the error itself when it is neither
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
