/**
 * Tests that cannot run everywhere. Such a test is never left out in silence, nor run on less than it says: it is skipped
 * under its own name, with the reason behind it, which `deno task test` gathers at its end.
 */

/** True where a test can run, else why it cannot: what is missing, and how to have it. */
export type Requirement = true | string;

/** Registers a test that has requirements; the first that is not met is the reason to skip it. */
export function testIf(
  requirement: Requirement | readonly Requirement[],
  name: string,
  body: (t: Deno.TestContext) => void | Promise<void>,
): void {
  const reason = [requirement].flat().find((each) => each !== true);
  if (reason === undefined) Deno.test(name, body);
  else Deno.test.ignore(skippedName(name, String(reason)), body);
}

/** The form that lib/cli/test_report.ts reads: Deno's report has no other place for a reason. */
export function skippedName(name: string, reason: string): string {
  return `${name} [skipped: ${reason}]`;
}
