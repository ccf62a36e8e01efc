/**
 * Runs tests in separate processes and counts the results. The run fails if a process leaves no
 * report, for example because native code crashed. The run also fails if no test ran.
 */
import { readTestReport, type SuiteCounts, totalCounts } from "./test_report.ts";

export interface TestSuiteOptions {
  /** Files and folders with tests. The examples in their comments are tested too. */
  readonly paths: readonly string[];
  /**
   * Files and folders within `paths` that a second process tests at the same time. The output of
   * this process is printed last.
   */
  readonly alongside?: readonly string[] | undefined;
  /**
   * If this is given, only tests whose name contains this string or matches this /pattern/ are run.
   */
  readonly filter?: string | undefined;
  readonly failFast?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export interface TestSuiteOutcome {
  /**
   * One entry per file. If there was a failure outside of any test, the list has an extra entry for
   * it.
   */
  readonly suites: readonly SuiteCounts[];
  /** Description of a failure outside of any test. */
  readonly problem?: string;
  /** The exit code, which is 0 only if tests ran and none of them failed. */
  readonly exitCode: number;
}

/**
 * Runs `deno test` and counts the results. After Ctrl-C or SIGTERM, the function waits until
 * `deno test` has ended.
 */
export async function runTestSuite(options: TestSuiteOptions): Promise<TestSuiteOutcome> {
  const { paths, alongside = [] } = options;
  if (alongside.length === 0) return judge([await runDenoTest(options, paths)]);
  const [first, second] = await Promise.all([
    runDenoTest(options, await leaveOut(paths, alongside)),
    runDenoTest(options, alongside, { isHeld: true }),
  ]);
  if (!options.quiet) await Deno.stdout.write(second.output);
  return judge([first, second]);
}

interface TestRun {
  readonly status: Deno.CommandStatus;
  /** The counts, or undefined if the process did not leave a complete report. */
  readonly suites: readonly SuiteCounts[] | undefined;
  readonly output: Uint8Array;
}

interface TestRunOptions {
  readonly isHeld?: boolean;
}

async function runDenoTest(
  { filter, failFast, quiet }: TestSuiteOptions,
  paths: readonly string[],
  { isHeld = false }: TestRunOptions = {},
): Promise<TestRun> {
  const report = await Deno.makeTempFile({ prefix: "sudogan_tests_", suffix: ".xml" });
  const output = quiet ? "null" : isHeld ? "piped" : "inherit";
  try {
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
    const printed = output === "piped" ? collect([child.stdout, child.stderr]) : new Uint8Array();
    const status = await whilePassingSignals(child);
    return { status, suites: await readReport(report), output: await printed };
  } finally {
    await Deno.remove(report).catch(() => {});
  }
}

/**
 * Returns `paths` without the files and folders in `out`. Deno 2.9's `--ignore` option cannot be
 * used here, because it has no effect if there are several paths.
 */
async function leaveOut(paths: readonly string[], out: readonly string[]): Promise<string[]> {
  const left = await Promise.all(paths.map(async (path) => {
    if (out.includes(path)) return [];
    if (!out.some((other) => other.startsWith(`${path}/`))) return [path];
    const entries = await Array.fromAsync(Deno.readDir(path));
    const inside = entries.filter(({ name, isDirectory }) =>
      isDirectory || /_test\.tsx?$/.test(name)
    );
    return await leaveOut(inside.map(({ name }) => `${path}/${name}`).sort(), out);
  }));
  return left.flat();
}

async function collect(streams: readonly ReadableStream<Uint8Array>[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await Promise.all(streams.map(async (stream) => {
    for await (const chunk of stream) chunks.push(chunk);
  }));
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/**
 * Passes the signals SIGINT and SIGTERM on to the process that runs the tests. Otherwise, the tests
 * would continue after this process has ended.
 */
async function whilePassingSignals(
  child: Deno.ChildProcess,
): Promise<Deno.CommandStatus> {
  const passers = (["SIGINT", "SIGTERM"] as const).map((signal) => {
    const pass = () => {
      try {
        child.kill(signal);
      } catch {
        // The process has ended.
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

async function readReport(path: string): Promise<SuiteCounts[] | undefined> {
  try {
    return readTestReport(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function judge(runs: readonly TestRun[]): TestSuiteOutcome {
  const suites = runs.flatMap((run) => run.suites ?? []);
  const problem = runs.map(findProblem).find((found) => found) ??
    (suites.some(({ passed, failed }) => passed + failed > 0) ? undefined : "No test ran.");
  const outside: SuiteCounts = {
    name: "outside of any test",
    passed: 0,
    failed: 1,
    skipped: 0,
    seconds: 0,
    reasons: [],
  };
  const all = problem ? [...suites, outside] : suites;
  const code = runs.map(({ status }) => status.code).find((code) => code !== 0);
  return {
    suites: all,
    ...(problem && { problem }),
    exitCode: totalCounts(all).failed ? code ?? 1 : 0,
  };
}

function findProblem({ status, suites }: TestRun): string | undefined {
  const { success, code, signal } = status;
  const end = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  if (!suites) {
    return `The tests' process ${end} and left no report: it was stopped or crashed, or the code has errors.`;
  }
  if (!success && !totalCounts(suites).failed) {
    return `The tests' process ${end} although no test failed: see its output.`;
  }
  return undefined;
}
