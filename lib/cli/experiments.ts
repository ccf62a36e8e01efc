/** `deno task experiments`: runs grids of experiments, and reports their status and results. */
import { type Command, Option } from "commander";
import { engineChoices } from "../engine/engine.ts";
import {
  type Cell,
  listCells,
  parseShard,
  type Shard,
  takeShard,
} from "../experiments/cells/cells.ts";
import type { ExperimentGrid } from "../experiments/experiment.ts";
import { estimateSeconds } from "../experiments/search/step_cost.ts";
import { gridNamed, grids } from "../experiments/grids.ts";
import { formatGrids } from "../experiments/list_grids.ts";
import { formatStatus, readStatus } from "../experiments/cells/status.ts";
import { writeReport } from "../experiments/report/write_report.ts";
import { type CellWorkerOptions, openCellWorker } from "./cell_worker.ts";
import { search } from "./experiments_search.ts";
import { positive } from "./positive.ts";
import { reportError } from "./report_error.ts";
import { InterruptedError } from "./stop_on_signals.ts";
import { taskCommand } from "./task_command.ts";

interface CellOptions {
  readonly grid?: readonly string[];
  readonly seeds: number;
  readonly steps: number;
  readonly root: string;
}

interface RunOptions extends CellOptions, CellWorkerOptions {
  readonly shard?: Shard;
  readonly dryRun?: boolean;
}

async function main(args: readonly string[]): Promise<void> {
  const program = taskCommand("experiments").description(
    "Trains and judges grids of experiments: the report's tables and further questions.",
  );
  workCommand(
    cellCommand(program, "run", "trains and judges the cells that are missing"),
  )
    .option("--shard <i/n>", "only part i of n", parseShard)
    .action(run);
  workCommand(
    program.command("search").description(
      "searches for the best dense GAN: trains the better half of the candidates for twice as long, and repeats",
    ),
  )
    .option("--candidates <number>", "recipes to start with", positive, 4)
    .option(
      "--budget <steps>",
      "cost of all training, in steps of the base",
      positive,
      192_000,
    )
    .option(
      "--rungs <number>",
      "number of rungs, including the first",
      positive,
      2,
    )
    .option("--root <folder>", "folder of the search", "data/experiments/search")
    .action(search);
  program.command("list").description("names the grids and their experiments")
    .action(() => console.log(formatGrids(grids)));
  cellCommand(program, "status", "counts the cells by state")
    .action(async (options: CellOptions) =>
      console.log(formatStatus(await readStatus(options.root, chosen(options))))
    );
  cellCommand(program, "report", "writes the tables of the finished cells")
    .option(
      "--out <folder>",
      "folder of the report (default: reports/<steps>-steps next to the cells)",
    )
    .action(report);
  await program.parseAsync([...args], { from: "user" });
}

function cellCommand(
  program: Command,
  name: string,
  description: string,
): Command {
  return program.command(name).description(description)
    .option(
      "--grid <names...>",
      `grids to take (default: all of ${grids.map(({ name }) => name).join(", ")})`,
    )
    .option("--seeds <number>", "seeds of each experiment", positive, 3)
    .option("--steps <number>", "training steps per cell", positive, 10_000)
    .option("--root <folder>", "folder of the cells", "data/experiments");
}

function workCommand(command: Command): Command {
  return command
    .option("--dry-run", "show what would be done without doing it")
    .option("--retry", "restart broken cells from scratch")
    .option(
      "--lenet <file>",
      "the published lenet.pth, for LeNet-FID, from models/lenet.pth of github.com/abdulfatir/gan-metrics-pytorch",
    )
    .option(
      "--samples <number>",
      "images to judge after training",
      positive,
      10_000,
    )
    .addOption(
      new Option("--engine <name>", "the engine to use").choices(engineChoices)
        .default("auto"),
    )
    .option("--data <folder>", "folder of MNIST's four files");
}

function chosenGrids({ grid }: Pick<CellOptions, "grid">): readonly ExperimentGrid[] {
  return grid ? grid.map(gridNamed) : grids;
}

function chosen(options: CellOptions & { readonly shard?: Shard }): Cell[] {
  const cells = listCells(chosenGrids(options), options);
  return options.shard ? takeShard(cells, options.shard, estimateSeconds) : cells;
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
  const worker = await openCellWorker(options);
  try {
    const { broken } = await worker.work(cells);
    if (broken > 0) Deno.exitCode = 1;
  } finally {
    worker.dispose();
  }
  console.log(formatStatus(await readStatus(options.root, cells)));
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    if (error instanceof InterruptedError) console.error(error.message);
    else reportError(error);
  }
  // The signal listeners would otherwise keep the process alive.
  Deno.exit();
}
