/**
 * Supports tests that cannot run everywhere. If such a test cannot run, then it is skipped, and its
 * name contains the reason. At the end, `deno task test` lists all reasons.
 */

/**
 * True if a test can run. If a test cannot run, this is a string that says what is missing and how
 * to get it.
 */
export type Requirement = true | string;

/**
 * Returns a test that has requirements. If a requirement is not met, then the test is skipped, and
 * its name says what is missing.
 *
 * The test file itself must pass the result to `Deno.test`, because Deno's report lists each test
 * under the file that calls `Deno.test`.
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
 * Adds the reason for skipping a test to its name, because Deno's report has no other place for a
 * reason. The file lib/gate/test_report.ts reads the reason from the name.
 */
function skippedName(name: string, reason: string): string {
  return `${name} [skipped: ${reason}]`;
}
