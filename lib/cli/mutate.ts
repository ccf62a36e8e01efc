/**
 * `deno task mutate PATH`: puts small bugs into a copy of the code, one at a time, and checks with
 * StrykerJS whether the tests notice each bug. For a folder, this takes between a minute and an
 * hour.
 */
import { Stryker } from "@stryker-mutator/core";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";
import { globSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { integerOption } from "./integer_option.ts";
import { taskCommand } from "./task_command.ts";
import type { MutationOptions } from "../gate/mutation_runner.ts";

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

if (import.meta.main) Deno.exitCode = await mutate(Deno.args);

async function mutate(args: readonly string[]): Promise<number> {
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
  const results = await new Stryker(strykerOptions(files, tests, options))
    .runMutationTest();
  const counted = results.filter(({ status }) => status !== "Ignored");
  const noticed = counted.filter(({ status }) => status === "Killed" || status === "Timeout");
  const share = (100 * noticed.length / counted.length).toFixed(1);
  console.log(
    `${noticed.length} of ${counted.length} bugs noticed (${share} %)`,
  );
  return 0;
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

function testFolders(paths: readonly string[]): string[] {
  const folders = paths.map((path) => path.replace(LINES, "")).map((path) => {
    const folder = statSync(path).isFile() ? dirname(path) : path;
    return folder.replace(/^lib\b/, "tests");
  });
  return [...new Set(folders)];
}

/** Returns the file or lines themselves, or all files below a folder that match `pattern`. */
function filesIn(path: string, pattern: string): string[] {
  const isFolder = statSync(path.replace(LINES, "")).isDirectory();
  return isFolder ? globSync(`${path}/**/${pattern}`) : [path];
}
