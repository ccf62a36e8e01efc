/** Long searches run only when asked for: SUDOGAN_NIGHTLY=1 deno task test. */
import type { Requirement } from "./skip.ts";

/** Whether they are to run. */
export const isNightly: boolean = Deno.env.get("SUDOGAN_NIGHTLY") === "1";

/** What a test requires that takes long. */
export const needsNightly: Requirement = isNightly ||
  "takes long; SUDOGAN_NIGHTLY=1 deno task test runs it";
