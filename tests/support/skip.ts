/**
 * Supports tests that cannot run everywhere. Such a test is skipped under its own name with the
 * reason, and `deno task test` lists the reasons at the end.
 */

/** True if a test can run. Otherwise, says what is missing and how to get it. */
export type Requirement = true | string;

/**
 * Returns a test with requirements. If a requirement is unmet, the test is skipped, and its name
 * says which.
 *
 * The caller passes the test to `Deno.test`, because Deno's report lists a test under the file that
 * registers it.
 */
export function requiring(
  requirement: Requirement | readonly Requirement[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): Deno.TestDefinition {
  const reason = [requirement].flat().find((each) => each !== true);
  return reason === undefined
    ? { name, fn }
    : { name: skippedName(name, String(reason)), ignore: true, fn };
}

/**
 * Combines a test's name with the reason to skip it, as lib/gate/test_report.ts reads it. Deno's
 * report has no other place for a reason.
 */
function skippedName(name: string, reason: string): string {
  return `${name} [skipped: ${reason}]`;
}
