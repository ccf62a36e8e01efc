/** `deno task experiments`: runs grids of experiments, says how far they are, and reports what came out. */
import { type Command, Option } from "commander";
import { loadMnist } from "../dataset/mnist.ts";
import { type EngineChoice, engineChoices } from "../engine/engine.ts";
import { type CellJudge, openCellJudge } from "../experiments/cell_judge.ts";
import {
  type Cell,
  cellsOf,
  parseShard,
  type Shard,
  takeShard,
} from "../experiments/cells.ts";
import type { Grid } from "../experiments/experiment.ts";
import { gridNamed, grids } from "../experiments/grids.ts";
import { runCells } from "../experiments/run_cells.ts";
import { formatGrids } from "../experiments/list_grids.ts";
import { formatStatus, readStatus } from "../experiments/status.ts";
import { writeReport } from "../experiments/write_report.ts";
import { positive } from "./positive.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";
import { showCells } from "./show_cells.ts";
import { startVisibly } from "./start_visibly.ts";
import { InterruptedError, stopOnSignals } from "./stop_on_signals.ts";

interface CellOptions {
  readonly grid?: readonly string[];
  readonly seeds: number;
  readonly steps: number;
  readonly root: string;
}

interface RunOptions extends CellOptions {
  readonly shard?: Shard;
  readonly dryRun?: boolean;
  readonly retry?: boolean;
  readonly lenet?: string;
  readonly samples: number;
  readonly engine: EngineChoice;
  readonly data?: string;
}

async function main(args: readonly string[]): Promise<void> {
  const program = taskCommand("experiments").description(
    "Trains and judges grids of experiments: the report's tables and further questions.",
  );
  cellCommand(program, "run", "trains and judges the cells that are missing")
    .option("--shard <i/n>", "only part i of n", parseShard)
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--retry", "start broken cells again from nothing")
    .option(
      "--lenet <file>",
      "the published lenet.pth, for LeNet-FID: models/lenet.pth of github.com/abdulfatir/gan-metrics-pytorch",
    )
    .option(
      "--samples <number>",
      "images to judge at the end",
      positive,
      10_000,
    )
    .addOption(
      new Option("--engine <name>", "what computes").choices(engineChoices)
        .default("auto"),
    )
    .option("--data <folder>", "folder of MNIST's four files")
    .action(run);
  program.command("list").description("names the grids and their experiments")
    .action(() => console.log(formatGrids(grids)));
  cellCommand(program, "status", "counts the cells by state")
    .action(async (options: CellOptions) =>
      console.log(formatStatus(await readStatus(options.root, chosen(options))))
    );
  cellCommand(program, "report", "writes the tables of the finished cells")
    .option(
      "--out <folder>",
      "where it goes (default: reports/<steps>-steps beside the cells)",
    )
    .action(report);
  await program.parseAsync([...args], { from: "user" });
}

/** A subcommand on cells. */
function cellCommand(
  program: Command,
  name: string,
  description: string,
): Command {
  return program.command(name).description(description)
    .option(
      "--grid <names...>",
      `grids (default: all); there are ${
        grids.map(({ name }) => name).join(", ")
      }`,
    )
    .option("--seeds <number>", "seeds of each experiment", positive, 3)
    .option("--steps <number>", "training steps of a cell", positive, 10_000)
    .option("--root <folder>", "folder of the cells", "data/experiments");
}

function chosenGrids({ grid }: Pick<CellOptions, "grid">): readonly Grid[] {
  return grid ? grid.map(gridNamed) : grids;
}

function chosen(options: CellOptions & { readonly shard?: Shard }): Cell[] {
  const cells = cellsOf(chosenGrids(options), options);
  return options.shard ? takeShard(cells, options.shard) : cells;
}

async function report(
  options: CellOptions & { readonly out?: string },
): Promise<void> {
  const { root, steps } = options;
  const out = options.out ?? `${root}/reports/${steps}-steps`;
  await writeReport(chosenGrids(options), { ...options, out });
  console.log(`Written: ${out}/report.md and report.html`);
}

async function run(options: RunOptions): Promise<void> {
  const cells = chosen(options);
  if (options.dryRun) {
    console.log(formatStatus(await readStatus(options.root, cells), true));
    return;
  }
  const signal = stopOnSignals();
  const engine = await startVisibly({
    engine: options.engine,
    signal,
    parallelism: "across-operations",
  });
  const mnist = await loadMnist(
    options.data === undefined ? {} : { directory: options.data },
  );
  let judge: CellJudge | undefined;
  const display = showCells(cells);
  try {
    judge = await openCellJudge(mnist, options);
    const { root, retry } = options;
    for await (
      const report of runCells(cells, {
        root,
        retry,
        engine,
        mnist,
        judge,
        signal,
      })
    ) display.show(report);
  } finally {
    display.stop();
    judge?.dispose();
  }
  console.log(formatStatus(await readStatus(options.root, cells)));
  if (display.broken > 0) Deno.exitCode = 1;
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    if (error instanceof InterruptedError) console.error(error.message);
    else reportError(error);
  }
  // Signal listeners would keep the process alive.
  Deno.exit();
}
