/** Long searches run only on request: SUDOGAN_NIGHTLY=1 deno task test. */
import type { Requirement } from "./skip.ts";

/** True if long searches are to run. */
export const isNightly: boolean = Deno.env.get("SUDOGAN_NIGHTLY") === "1";

/** Requirement of a test that takes long. */
export const needsNightly: Requirement = isNightly ||
  "takes long; SUDOGAN_NIGHTLY=1 deno task test runs it";
