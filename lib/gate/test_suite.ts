/**
 * Runs tests in a process of their own, with its output as it comes, and counts them.
 *
 * A process that ends without a report, as when native code crashes it, counts as a failure; so
 * does one that ran no test at all.
 */
import { readTestReport, type SuiteCounts, totalCounts } from "./test_report.ts";

export interface TestSuiteOptions {
  /** Files and folders; the examples in their comments are tests too. */
  readonly paths: readonly string[];
  /** Only tests whose name has this text, or matches this /pattern/. */
  readonly filter?: string | undefined;
  /** Stops after the first failure. */
  readonly failFast?: boolean | undefined;
  /** Hides what the tests print; for tests of this function. */
  readonly quiet?: boolean | undefined;
}

export interface TestSuiteOutcome {
  /** One entry a file; one more, which failed, where something failed outside of any test. */
  readonly suites: readonly SuiteCounts[];
  /** What failed outside of any test. */
  readonly problem?: string;
  /** For the process that called: 0 only if tests ran and none failed. */
  readonly exitCode: number;
}

/**
 * Runs `deno test` and counts what it did. Ctrl-C and SIGTERM are left to it, and its end waited
 * for.
 */
export async function runTestSuite(
  options: TestSuiteOptions,
): Promise<TestSuiteOutcome> {
  const report = await Deno.makeTempFile({
    prefix: "sudogan_tests_",
    suffix: ".xml",
  });
  try {
    const status = await runDenoTest(options, report);
    return judge(status, await readReport(report));
  } finally {
    await Deno.remove(report).catch(() => {});
  }
}

async function runDenoTest(
  options: TestSuiteOptions,
  report: string,
): Promise<Deno.CommandStatus> {
  const { paths, filter, failFast, quiet } = options;
  const output = quiet ? "null" : "inherit";
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--allow-all", "--doc", `--junit-path=${report}`],
      ...(filter === undefined ? [] : [`--filter=${filter}`]),
      ...(failFast ? ["--fail-fast"] : []),
      ...paths,
    ],
    stdin: "null",
    stdout: output,
    stderr: output,
  }).spawn();
  return await whilePassingSignals(child);
}

/**
 * A signal that reaches this process only must reach the tests too, or they would go on without it.
 */
async function whilePassingSignals(
  child: Deno.ChildProcess,
): Promise<Deno.CommandStatus> {
  const passers = (["SIGINT", "SIGTERM"] as const).map((signal) => {
    const pass = () => {
      try {
        child.kill(signal);
      } catch {
        // It has ended already.
      }
    };
    Deno.addSignalListener(signal, pass);
    return () => Deno.removeSignalListener(signal, pass);
  });
  try {
    return await child.status;
  } finally {
    for (const stop of passers) stop();
  }
}

/** The report's counts, or undefined where there is no whole report. */
async function readReport(path: string): Promise<SuiteCounts[] | undefined> {
  try {
    return readTestReport(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function judge(
  status: Deno.CommandStatus,
  suites: SuiteCounts[] | undefined,
): TestSuiteOutcome {
  const problem = findProblem(status, suites);
  const outside: SuiteCounts = {
    name: "outside of any test",
    passed: 0,
    failed: 1,
    skipped: 0,
    seconds: 0,
    reasons: [],
  };
  const all = [...(suites ?? []), ...(problem ? [outside] : [])];
  const { failed } = totalCounts(all);
  return {
    suites: all,
    ...(problem && { problem }),
    exitCode: failed ? status.code || 1 : 0,
  };
}

function findProblem(
  { success, code, signal }: Deno.CommandStatus,
  suites: SuiteCounts[] | undefined,
): string | undefined {
  const end = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  if (!suites) {
    return `The tests' process ${end} and left no report: it was stopped, it crashed, or the code has errors.`;
  }
  const { passed, failed } = totalCounts(suites);
  if (!success && !failed) {
    return `The tests' process ${end} though no test failed: see what it printed.`;
  }
  if (!passed && !failed) return "No test ran.";
  return undefined;
}
