/**
 * `deno task publish`: makes the weights of a finished run the ones that come with the project.
 */
import { Command } from "commander";
import { startEngine } from "../engine/backend.ts";
import { committedFolder } from "../models/weights.ts";
import { reopenRun } from "../runs/run_folder.ts";
import { publishWeights } from "../runs/publish_weights.ts";
import { reportError } from "./report_error.ts";

async function main(args: readonly string[]): Promise<void> {
  const options = new Command("deno task publish")
    .description(
      "Writes the averaged generator of a finished run to data/weights/generator, with hashes and sheet.",
    )
    .allowExcessArguments(false)
    .showHelpAfterError()
    .requiredOption("--name <name>", "name of the run")
    .option("--runs <folder>", "folder of all runs", "data/runs")
    .option("--to <folder>", "where to write", committedFolder("generator"))
    .parse([...args], { from: "user" })
    .opts<{ name: string; runs: string; to: string }>();
  const run = await reopenRun(options.runs, options.name, {});
  await startEngine({ engine: "native" });
  const { precision, largestDifference } = await publishWeights(
    run,
    options.to,
    commandFor(run.options.seed, run.name),
  );
  console.log(
    `${options.to}: ${precision}; half precision changes no byte of the sheet by more than ${largestDifference}.`,
  );
}

/** The options that differ from the defaults are in the card's config. */
function commandFor(seed: number, name: string): string {
  return `deno task train --seed ${seed} --name ${name} && deno task publish --name ${name}`;
}

if (import.meta.main) await main(Deno.args).catch(reportError);
