/**
 * Tests that cannot run everywhere. Such a test is never left out in silence, nor run on less than
 * it says: it is skipped under its own name, with the reason behind it, which `deno task test`
 * gathers at its end.
 */

/** True where a test can run, else why it cannot: what is missing, and how to have it. */
export type Requirement = true | string;

/**
 * A test for `Deno.test` that has requirements; the first that is not met is the reason to skip it.
 *
 * Its caller registers it, since Deno's report lists a test under the file that does.
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

/** The form that lib/gate/test_report.ts reads: Deno's report has no other place for a reason. */
function skippedName(name: string, reason: string): string {
  return `${name} [skipped: ${reason}]`;
}
