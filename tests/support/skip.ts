/**
 * Supports tests that cannot run everywhere. Such a test is never silently left out or shortened:
 * it is skipped under its own name with the reason, and `deno task test` lists the reasons at its
 * end.
 */

/** True if a test can run. Otherwise, says what is missing and how to get it. */
export type Requirement = true | string;

/**
 * Returns a test for `Deno.test` that has requirements. The test is skipped if a requirement is
 * unmet. The reason given for skipping names the first requirement that is unmet.
 *
 * The caller registers the test, because Deno's report lists a test under the file that registers
 * it.
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
 * Combines a test's name with the reason to skip it, in the format that lib/gate/test_report.ts
 * reads. Deno's report has no other place for a reason.
 */
function skippedName(name: string, reason: string): string {
  return `${name} [skipped: ${reason}]`;
}
