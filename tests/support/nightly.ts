/** Enables slow tests if the tests are started with SUDOGAN_NIGHTLY=1 deno task test. */
import type { Requirement } from "./skip.ts";

export const isNightly: boolean = Deno.env.get("SUDOGAN_NIGHTLY") === "1";

/** True if slow tests are enabled; otherwise a string that says how to run them. */
export const needsNightly: Requirement = isNightly ||
  "takes long; SUDOGAN_NIGHTLY=1 deno task test runs it";
