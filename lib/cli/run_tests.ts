/**
 * `deno task test`: runs the tests and the examples in comments.
 *
 * This file is not called test.ts, because `deno test` would then run it as a test.
 */
import { startEngine } from "../engine/backend.ts";
import { reportError } from "./report_error.ts";
import { showProvision } from "./show_provision.ts";
import { taskCommand } from "./task_command.ts";
import { closingLine, formatCounts, formatSkipped, totalCounts } from "../gate/test_report.ts";
import { runTestSuite, type TestSuiteOptions } from "../gate/test_suite.ts";

/**
 * Tests that mostly wait for other programs. These tests run in a second process, in parallel with
 * the CPU-bound tests.
 */
const startingPrograms = [
  "tests/bench",
  "tests/cli/bench_test.ts",
  "tests/experiments",
  "tests/notebooks",
  "tests/readme_test.ts",
];

if (import.meta.main) {
  await runTests(Deno.args).then((code) => Deno.exitCode = code, reportError);
}

async function runTests(args: string[]): Promise<number> {
  const options = parseArguments(args);
  await announceEngine();
  const { suites, problem, exitCode } = await runTestSuite(options);
  console.log(`\n${formatCounts(suites)}`);
  if (problem) console.log(`\n${problem}`);
  const total = totalCounts(suites);
  if (total.skipped > 0) console.log(`\n${formatSkipped(total)}`);
  console.log(`\n${closingLine(total)}`);
  return exitCode;
}

function parseArguments(args: string[]): TestSuiteOptions {
  const command = taskCommand("test")
    .description(
      "Runs the tests and the examples in comments. Installs native TensorFlow if it is missing.",
    )
    .argument("[paths...]", "files and folders to test (default: lib, tests)")
    .option(
      "--filter <text>",
      "run only tests whose name contains this string or matches this /pattern/",
    )
    .option("--fail-fast", "stop after the first failure")
    .parse(args, { from: "user" });
  const options = command.opts<Omit<TestSuiteOptions, "paths">>();
  const paths: string[] = command.processedArgs[0];
  if (paths.length > 0) return { ...options, paths };
  return { ...options, paths: ["lib", "tests"], alongside: startingPrograms };
}

async function announceEngine(): Promise<void> {
  const display = showProvision();
  try {
    const engine = await startEngine({ onReport: display.onReport });
    console.log(`Engine: ${engine.name} (${engine.reason})`);
  } finally {
    display.stop();
  }
}
