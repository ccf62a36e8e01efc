/**
 * `deno task publish`: turns finished runs into the weights that ship with the project.
 */
import { relative, resolve } from "node:path";
import { Option } from "commander";
import { loadMnist } from "../dataset/mnist.ts";
import { startEngine } from "../engine/backend.ts";
import { committedFolder } from "../models/weights.ts";
import { publishClassifier } from "../publishing/publish_classifier.ts";
import { reopenRun } from "../runs/run_folder.ts";
import { publishGenerators } from "../publishing/publish_generators.ts";
import { publishTraining } from "../publishing/publish_training.ts";
import { classifierOptionsSchema, parseClassifierOptions } from "../training/classifier/options.ts";
import { trainOptionsSchema } from "../training/gan/options.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";
import { trainingArguments } from "./train_options.ts";

type Kind = "generator" | "classifier";

interface PublishCommand {
  readonly kind: Kind;
  readonly name: readonly string[];
  readonly runs: string;
  readonly to: string;
  readonly pictures: boolean;
  readonly trainingOnly: boolean;
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
      "Writes weights to data/weights with hashes and pictures: the first run's averaged generator or classifier, " +
        "and the scores of all runs (for generators, those saved by deno task evaluate).",
    )
    .addOption(
      new Option("--kind <kind>", "what to publish").choices([
        "generator",
        "classifier",
      ]).default("generator"),
    )
    .requiredOption(
      "--name <names...>",
      "names of the runs, which differ only in their seeds",
    )
    .option(
      "--runs <folder>",
      "folder of all runs (default: data/runs/gan or data/runs/classifier)",
    )
    .option(
      "--to <folder>",
      "folder to write to (default: data/weights/generator or data/weights/classifier)",
    )
    .option("--no-pictures", "for a classifier: skip the pictures of misread digits")
    .option(
      "--training-only",
      "for a generator that is already published: write only the pictures of its training",
      false,
    )
    .parse([...args], { from: "user" })
    .opts<
      Pick<PublishCommand, "kind" | "name" | "pictures" | "trainingOnly"> & Partial<PublishCommand>
    >();
  return {
    runs: `data/runs/${options.kind === "classifier" ? "classifier" : "gan"}`,
    to: committedFolder(options.kind),
    ...options,
  };
}

async function publishGenerator(
  { name: names, runs: root, to, trainingOnly }: PublishCommand,
): Promise<void> {
  const runs = await Array.fromAsync(
    names,
    (name) => reopenRun(root, name, {}),
  );
  if (trainingOnly) {
    await publishTraining(runs[0], to);
    return console.log(`${to}: the training of run '${names[0]}', in pictures.`);
  }
  const trainings = runs.map(({ name, options }) =>
    ["deno task train", ...trainingArguments(trainOptionsSchema, options), `--name ${name}`]
      .join(" ")
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
  { name: names, runs: root, to, pictures }: PublishCommand,
): Promise<void> {
  const runs = await Array.fromAsync(
    names,
    (name) => reopenRun(root, name, {}, parseClassifierOptions),
  );
  const trainings = runs.map(({ name, options }) =>
    [
      "deno task classifier",
      ...trainingArguments(classifierOptionsSchema, options),
      `--name ${name}`,
    ].join(" ")
  );
  const place = to === committedFolder("classifier") ? [] : [`--to ${fromHere(to)}`];
  const publishing = [
    `deno task publish --kind classifier --name ${names.join(" ")}`,
    ...place,
    ...(pictures ? [] : ["--no-pictures"]),
  ].join(" ");
  const { name, precision, scores } = await publishClassifier(runs, await loadMnist(), {
    folder: to,
    command: [...trainings, publishing].join(" && "),
    pictures,
  });
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  console.log(
    `${to}: run '${name}', ${precision}; it misreads ${percent(scores.test.error)} of the test ` +
      `images; the mean of ${runs.length} runs is ${percent(scores.meanTestError)}.`,
  );
}

function fromHere(folder: string): string {
  return relative(Deno.cwd(), resolve(folder)) || ".";
}

if (import.meta.main) await main(Deno.args).catch(reportError);
