/** Long searches run only when asked for: SUDOGAN_NIGHTLY=1 deno task test. */

/** Whether they are to run. */
export const isNightly: boolean = Deno.env.get("SUDOGAN_NIGHTLY") === "1";
