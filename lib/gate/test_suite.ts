/**
 * Runs tests in a separate process, passes on its output, and counts the results.
 *
 * If the process ends without a report, for example because native code crashed it, that counts as
 * a failure. So does a process that ran no tests at all.
 */
import { readTestReport, type SuiteCounts, totalCounts } from "./test_report.ts";

export interface TestSuiteOptions {
  /** Files and folders. The examples in their comments are tests too. */
  readonly paths: readonly string[];
  /** Runs only tests whose name contains this string or matches this /pattern/. */
  readonly filter?: string | undefined;
  /** Stops after the first failure. */
  readonly failFast?: boolean | undefined;
  /** Hides the tests' output. Only the tests of this function use this. */
  readonly quiet?: boolean | undefined;
}

export interface TestSuiteOutcome {
  /** One entry per file, plus an extra failed entry if something failed outside of any test. */
  readonly suites: readonly SuiteCounts[];
  /** Describes the failure if something failed outside of any test. */
  readonly problem?: string;
  /** Exit code for the calling process: 0 only if tests ran and none failed. */
  readonly exitCode: number;
}

/**
 * Runs `deno test` and counts the results. Leaves the handling of Ctrl-C and SIGTERM to `deno
 * test`, and waits for it to end.
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
 * Passes signals on to the tests while they run. A signal may reach only this process, and the
 * tests would continue without it.
 */
async function whilePassingSignals(
  child: Deno.ChildProcess,
): Promise<Deno.CommandStatus> {
  const passers = (["SIGINT", "SIGTERM"] as const).map((signal) => {
    const pass = () => {
      try {
        child.kill(signal);
      } catch {
        // The process has already ended.
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

/** Returns the report's counts, or undefined if there is no complete report. */
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
    return `The tests' process ${end} and left no report: it was stopped or crashed, or the code has errors.`;
  }
  const { passed, failed } = totalCounts(suites);
  if (!success && !failed) {
    return `The tests' process ${end} although no test failed: see its output.`;
  }
  if (!passed && !failed) return "No test ran.";
  return undefined;
}
