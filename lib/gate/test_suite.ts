/**
 * Runs tests in separate processes, passes on their output, and counts the results.
 *
 * A process that ends without a report, for example because native code crashed it, counts as a
 * failure. A run without any tests also counts as a failure.
 */
import { readTestReport, type SuiteCounts, totalCounts } from "./test_report.ts";

export interface TestSuiteOptions {
  /** Files and folders. The examples in their comments are tests too. */
  readonly paths: readonly string[];
  /**
   * The part of `paths` that a second process tests at the same time. The second process's output
   * is printed after the first's.
   */
  readonly alongside?: readonly string[] | undefined;
  /** Runs only tests whose name contains this string or matches this /pattern/. */
  readonly filter?: string | undefined;
  /** Stops after the first failure. */
  readonly failFast?: boolean | undefined;
  /** Hides the tests' output. Used only in the tests of {@linkcode runTestSuite}. */
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

/** The outcome of a `deno test` process. */
interface TestRun {
  readonly status: Deno.CommandStatus;
  /** Undefined if the process left no complete report. */
  readonly suites: readonly SuiteCounts[] | undefined;
  /** The process's output if it was held back; otherwise empty. */
  readonly output: Uint8Array;
}

interface TestRunOptions {
  /** Holds the output back. */
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
 * Returns paths to everything in `paths` but not in `out`. (Deno 2.9 disregards `--ignore` if there
 * are several paths.)
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

/** Collects the bytes of several streams in the order in which they arrive. */
async function collect(streams: readonly ReadableStream<Uint8Array>[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await Promise.all(streams.map(async (stream) => {
    for await (const chunk of stream) chunks.push(chunk);
  }));
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/**
 * Passes signals on to the tests while they run. Otherwise a signal that reaches only this process
 * would leave the tests running.
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
