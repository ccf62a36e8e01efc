/**
 * `deno task notebooks`: runs the notebooks in Jupyter's Deno kernel, without Python.
 *
 * In full mode, the command writes the outputs into the notebooks. With --check, it compares the
 * outputs with the committed outputs instead. In fast mode, the command only checks that every cell
 * runs. In both modes, --check also looks for faults in the committed outputs, such as a blank
 * chart.
 */
import { Option } from "commander";
import { basename, dirname, resolve } from "node:path";
import { startEngine } from "../engine/backend.ts";
import { checkCells, formatCells } from "../notebooks/runner/check_cells.ts";
import { checkOutputs } from "../notebooks/runner/check_outputs.ts";
import { type Notebook, readNotebook, writeNotebook } from "../notebooks/runner/notebook_file.ts";
import { strayNumbers } from "../notebooks/runner/stray_numbers.ts";
import {
  differingCells,
  type NotebookMode,
  notebookModes,
  type NotebookRun,
  runNotebook,
} from "../notebooks/runner/run_notebook.ts";
import { kernelEnvironment } from "../notebooks/runner/kernelspec.ts";
import { UserError } from "../system/user_error.ts";
import { reportError } from "./report_error.ts";
import { showProvision } from "./show_provision.ts";
import { taskCommand } from "./task_command.ts";

interface NotebooksCommand {
  readonly mode: NotebookMode;
  readonly only?: readonly string[];
  readonly check: boolean;
  readonly types: boolean;
  readonly format: boolean;
  readonly folder: string;
}

/**
 * The maximum size of a notebook in bytes. Hosting sites show larger notebooks slowly or not at
 * all.
 */
const MOST_BYTES = 2_000_000;

async function main(args: readonly string[]): Promise<void> {
  const options = parseArguments(args);
  const paths = await findNotebooks(options);
  if (paths.length === 0) return console.log("No notebooks.");
  const work = options.format
    ? format
    : options.types
    ? checkStatically
    : await prepareRuns(options);
  let failures = 0;
  for (const path of paths) {
    const start = performance.now();
    const problems = await work(path).catch(problemOf);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    for (const problem of problems) console.log(problem);
    console.log(
      `${basename(path)} ${problems.length ? "FAILED" : "ok"} ${seconds} s`,
    );
    failures += Number(problems.length > 0);
  }
  console.log(`${paths.length - failures} passed, ${failures} failed`);
  Deno.exitCode = failures > 0 ? 1 : 0;
}

/**
 * Turns the error of a notebook that cannot be read or run into a description, so that the
 * remaining notebooks can still run. Rethrows the error if it is a bug.
 */
function problemOf(error: unknown): string[] {
  if (error instanceof UserError) return [error.message];
  throw error;
}

function parseArguments(args: readonly string[]): NotebooksCommand {
  return taskCommand("notebooks")
    .description("Runs the notebooks in a Deno kernel, without Python.")
    .addOption(
      new Option(
        "--mode <name>",
        "number of training steps: few (fast), or those of the committed outputs (full)",
      )
        .choices(notebookModes).default("fast"),
    )
    .addOption(
      new Option("--only <numbers>", "only these notebooks, such as 1 or 2,3")
        .argParser((text) => text.split(",")),
    )
    .option(
      "--check",
      "write nothing; check the committed outputs and, in full mode, compare them",
      false,
    )
    .option(
      "--types",
      "run nothing: check format, types, lint and the committed outputs",
      false,
    )
    .option("--format", "run nothing: format the cells", false)
    .option("--folder <path>", "folder of the notebooks", "notebooks")
    .parse([...args], { from: "user" })
    .opts<NotebooksCommand>();
}

async function findNotebooks(
  { folder, only }: NotebooksCommand,
): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (/^\d.*\.ipynb$/.test(name)) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const wanted = only?.map(Number);
  return names.sort()
    .filter((name) => !wanted || wanted.includes(Number.parseInt(name)))
    .map((name) => resolve(folder, name));
}

async function format(path: string): Promise<string[]> {
  await writeNotebook(path, await formatCells(path));
  return [];
}

async function checkStatically(path: string): Promise<string[]> {
  const problems = await checkCells(path);
  const { size } = await Deno.stat(path);
  const notebook = await readNotebook(path);
  const strays = strayNumbers(notebook);
  return [
    ...problems.map(({ check, message }) => `${check}: ${message}`),
    ...(size > MOST_BYTES
      ? [`size: ${path}: wanted at most ${MOST_BYTES} bytes, found ${size}.`]
      : []),
    ...strays.map(({ cell, number }) =>
      `text: ${path}, cell ${cell}: ${number} is neither in the code nor in an output nearby.`
    ),
    ...await checkCommittedOutputs(path, notebook),
  ];
}

async function checkCommittedOutputs(
  path: string,
  notebook: Notebook,
): Promise<string[]> {
  return (await checkOutputs(notebook)).map(({ cell, message }) =>
    `outputs: ${path}, cell ${cell}: ${message}`
  );
}

async function prepareRuns(
  options: NotebooksCommand,
): Promise<(path: string) => Promise<string[]>> {
  const display = showProvision();
  const engine = await startEngine({ onReport: display.onReport })
    .finally(display.stop);
  console.log(`Engine: ${engine.name}, because ${engine.reason}.`);
  return (path) => run(path, options);
}

async function run(
  path: string,
  { mode, check }: NotebooksCommand,
): Promise<string[]> {
  const committed = await readNotebook(path);
  const faults = check ? await checkCommittedOutputs(path, committed) : [];
  // The training runs need a new folder. In an existing folder, the notebook would resume an
  // earlier run.
  const runs = await Deno.makeTempDir({ prefix: "sudogan_notebook_" });
  try {
    const outcome = await runNotebook(committed, {
      mode,
      folder: dirname(path),
      env: { ...kernelEnvironment, NOTEBOOK_RUNS: runs },
      onCell: showCell(basename(path)),
    });
    if (outcome.failure) {
      return [...faults, describeFailure(outcome.failure)];
    }
    if (mode === "fast") return faults;
    if (check) {
      const differing = differingCells(committed, outcome.notebook);
      return [
        ...faults,
        ...differing.map((number) =>
          `code cell ${number} shows a different output from the committed run.`
        ),
      ];
    }
    await writeNotebook(path, outcome.notebook);
    return [];
  } finally {
    await Deno.remove(runs, { recursive: true });
  }
}

function showCell(name: string): (number: number, count: number) => void {
  if (!Deno.stderr.isTerminal()) return () => {};
  return (number, count) => {
    const line = number === count ? "" : `${name}: cell ${number} of ${count}`;
    Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${line}`));
  };
}

function describeFailure(
  { number, cell, error }: NonNullable<NotebookRun["failure"]>,
): string {
  const code = cell.source.split("\n").map((line) => `    ${line}`).join("\n");
  return `code cell ${number} (${cell.id}) failed:\n${code}\n${error.stack}`;
}

if (import.meta.main) {
  await main(Deno.args).catch(reportError);
}
