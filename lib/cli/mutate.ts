/**
 * `deno task mutate PATH`: puts small bugs into a copy of the code, one at a time, and checks with
 * StrykerJS whether the tests notice each bug. For a folder, this takes between a minute and an
 * hour.
 */
import { Stryker } from "@stryker-mutator/core";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";
import { existsSync, globSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { MutationOptions } from "../gate/mutation_runner.ts";
import { UserError } from "../system/user_error.ts";
import { integerOption } from "./integer_option.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";

interface MutateCommand {
  readonly tests?: readonly string[];
  readonly processes: number;
  readonly seconds: number;
}

/**
 * The report's path without its extension. The path contains the process id, so that simultaneous
 * runs write different reports.
 */
const REPORT = `data/runs/mutation_${Deno.pid}`;

/** Matches the range of lines at the end of a path, as in `lib/x.ts:10-20`. */
const LINES = /:\d+-\d+$/;

async function mutate(args: readonly string[]): Promise<void> {
  const command = taskCommand("mutate")
    .description("Puts small bugs into the code and lists those that the tests miss.")
    .argument(
      "<paths...>",
      "folders and files in lib/ to put bugs into, or lines of a file, as in lib/x.ts:10-20",
    )
    .option(
      "--tests <paths...>",
      "folders and files of tests (default: those that mirror the paths)",
    )
    .addOption(integerOption("--processes <n>", "test processes", 1, 64))
    .addOption(
      integerOption(
        "--seconds <n>",
        "skip tests that take longer",
        2,
        600,
      ),
    )
    .parse(args, { from: "user" });
  const options = command.opts<MutateCommand>();
  const paths: readonly string[] = command.processedArgs[0];
  const files = paths.flatMap((path) => filesIn(path, "*.ts"));
  const tests = (options.tests ?? testFolders(paths)).flatMap((path) => filesIn(path, "*_test.ts"));
  if (tests.length === 0) {
    throw new UserError(
      `Mutating ${paths.join(" ")}: wanted tests in the folders given by --tests, found none.`,
    );
  }
  const results = await new Stryker(strykerOptions(files, tests, options))
    .runMutationTest();
  const counted = results.filter(({ status }) => status !== "Ignored");
  const noticed = counted.filter(({ status }) => status === "Killed" || status === "Timeout");
  const share = (100 * noticed.length / counted.length).toFixed(1);
  console.log(
    `${noticed.length} of ${counted.length} bugs noticed (${share} %)`,
  );
}

function strykerOptions(
  mutate: string[],
  denoTests: readonly string[],
  { processes, seconds }: MutateCommand,
): PartialStrykerOptions {
  const options: MutationOptions = {
    mutate,
    denoTests,
    denoSeconds: seconds,
    testRunner: "deno",
    plugins: [fileURLToPath(import.meta.resolve("../gate/mutation_runner.ts"))],
    ignorers: ["words"],
    coverageAnalysis: "perTest",
    concurrency: processes,
    // A failed test might leave things behind, which can make later tests fail. Each process is
    // therefore replaced after 50 uses.
    maxTestRunnerReuse: 50,
    dryRunTimeoutMinutes: 20,
    // A slow test on a busy machine must not be mistaken for an endless loop.
    timeoutMS: 30_000,
    // If the folder were inside the project, then a simultaneous run would copy it.
    tempDirName: Deno.makeTempDirSync({ prefix: "sudogan_mutation_" }),
    ignorePatterns: ["data/runs", "/notebooks/.*"],
    reporters: ["clear-text", "json", "progress-append-only", "survivors"],
    clearTextReporter: {
      allowColor: false,
      allowEmojis: false,
      logTests: false,
      maxTestsToLog: 0,
      reportMutants: true,
      reportScoreTable: true,
      reportTests: false,
      skipFull: false,
    },
    jsonReporter: { fileName: `${REPORT}.json` },
  };
  return options as PartialStrykerOptions;
}

/** Returns the folders in tests/ that mirror the paths. */
function testFolders(paths: readonly string[]): string[] {
  const folders = paths.map((path) => path.replace(LINES, "")).map((path) => {
    const folder = isFolder(path) ? path : dirname(path);
    return folder.replace(/^lib\b/, "tests");
  });
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing === undefined) return [...new Set(folders)];
  throw new UserError(
    `Mutating ${paths.join(" ")}: wanted tests in ${missing}, found no such folder. ` +
      "Name the folders of the tests: deno task mutate PATH --tests FOLDER",
  );
}

/** Returns the file or lines themselves, or all files below a folder that match `pattern`. */
function filesIn(path: string, pattern: string): string[] {
  return isFolder(path.replace(LINES, "")) ? globSync(`${path}/**/${pattern}`) : [path];
}

/** @throws {UserError} when the path does not exist */
function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found) return found.isDirectory();
  throw new UserError(`Mutating: wanted a file or folder at ${path}, found none.`);
}

if (import.meta.main) {
  try {
    await mutate(Deno.args);
  } catch (error) {
    reportError(error);
  }
}
