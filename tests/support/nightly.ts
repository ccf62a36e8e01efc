/**
 * Says whether to run the searches that take a long time. They run only on request:
 * SUDOGAN_NIGHTLY=1 deno task test.
 */
import type { Requirement } from "./skip.ts";

/** True if long searches have been requested. */
export const isNightly: boolean = Deno.env.get("SUDOGAN_NIGHTLY") === "1";

/** The requirement for long-running tests. */
export const needsNightly: Requirement = isNightly ||
  "takes long; SUDOGAN_NIGHTLY=1 deno task test runs it";
