/**
 * `deno task publish`: makes the weights of finished runs the ones that come with the project.
 */
import { Option } from "commander";
import { loadMnist } from "../dataset/mnist.ts";
import { startEngine } from "../engine/backend.ts";
import { committedFolder } from "../models/weights.ts";
import { publishClassifier } from "../publishing/publish_classifier.ts";
import { reopenRun } from "../runs/run_folder.ts";
import { publishGenerators } from "../publishing/publish_generators.ts";
import { parseClassifierOptions } from "../training/classifier/options.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";

type Kind = "generator" | "classifier";

interface PublishCommand {
  readonly kind: Kind;
  readonly name: readonly string[];
  readonly runs: string;
  readonly to: string;
}

async function main(args: readonly string[]): Promise<void> {
  const command = parseCommand(args);
  await startEngine({ engine: "native" });
  if (command.kind === "classifier") await publishFirst(command);
  else await publishGenerator(command);
}

function parseCommand(args: readonly string[]): PublishCommand {
  const options = taskCommand("publish")
    .description(
      "Writes weights to data/weights with hashes and pictures: the averaged generator, or the classifier, of the first " +
        "of the runs, with the scores of all of them (of generators those that deno task evaluate has found).",
    )
    .addOption(
      new Option("--kind <kind>", "what to publish").choices([
        "generator",
        "classifier",
      ]).default("generator"),
    )
    .requiredOption(
      "--name <names...>",
      "names of the runs, the same but for their seeds",
    )
    .option(
      "--runs <folder>",
      "folder of all runs (default: data/runs/gan or data/runs/classifier)",
    )
    .option(
      "--to <folder>",
      "where to write (default: data/weights/generator or classifier)",
    )
    .parse([...args], { from: "user" })
    .opts<Pick<PublishCommand, "kind" | "name"> & Partial<PublishCommand>>();
  return {
    runs: `data/runs/${options.kind === "classifier" ? "classifier" : "gan"}`,
    to: committedFolder(options.kind),
    ...options,
  };
}

async function publishGenerator(
  { name: names, runs: root, to }: PublishCommand,
): Promise<void> {
  const runs = await Array.fromAsync(
    names,
    (name) => reopenRun(root, name, {}),
  );
  const trainings = runs.map(({ name, options }) =>
    `deno task train --seed ${options.seed} --name ${name}`
  );
  const { precision, largestDifference } = await publishGenerators(
    runs,
    to,
    [...trainings, `deno task publish --name ${names.join(" ")}`].join(" && "),
  );
  console.log(
    `${to}: run '${names[0]}', ${precision}; half precision changes no byte of the sheet by ` +
      `more than ${largestDifference}.`,
  );
}

async function publishFirst(
  { name: names, runs: root, to }: PublishCommand,
): Promise<void> {
  const runs = await Array.fromAsync(
    names,
    (name) => reopenRun(root, name, {}, parseClassifierOptions),
  );
  // The options that differ from the defaults are in the card's config.
  const trainings = runs.map(({ name, options }) =>
    `deno task classifier --seed ${options.seed} --name ${name}`
  );
  const { name, precision, scores } = await publishClassifier(
    runs,
    await loadMnist(),
    to,
    [
      ...trainings,
      `deno task publish --kind classifier --name ${names.join(" ")}`,
    ].join(" && "),
  );
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  console.log(
    `${to}: run '${name}', ${precision}; ${percent(scores.test.error)} of the test images are ` +
      `misread, ${percent(scores.meanTestError)} in the mean of ${runs.length} runs.`,
  );
}

if (import.meta.main) await main(Deno.args).catch(reportError);
