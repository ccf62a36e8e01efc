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
    readonly route: Route;
    readonly problem: string;
  }[];
  /** How to get the native engine. */
  readonly advice: string;
}

/** A route that cannot be taken, with a message for the user: what was tried, wanted and found. */
export class RouteError extends Error {
  override name = "RouteError";
}
