/** `deno task sample`: generates digits with a run's generator or with the committed generator. */
import { Option } from "commander";
import { writeAtomically } from "../system/atomic_write.ts";
import { drawSheet } from "../display/sheets.ts";
import { type EngineChoice, engineChoices, startEngine } from "../engine/backend.ts";
import { loadModel } from "../models/save_model.ts";
import { committedFolder, loadWeights } from "../models/weights.ts";
import { sampleImages } from "../models/sample_images.ts";
import { integerOption } from "./integer_option.ts";
import { reportError } from "./report_error.ts";
import { showProvision } from "./show_provision.ts";
import { taskCommand } from "./task_command.ts";

interface SampleCommand {
  readonly run?: string;
  readonly kind: "average" | "generator";
  readonly count: number;
  readonly seed: number;
  readonly columns: number;
  readonly out: string;
  readonly engine: EngineChoice;
}

const MOST_IMAGES = 10_000;

async function main(args: readonly string[]): Promise<void> {
  const options = parseArguments(args);
  const display = showProvision();
  const engine = await startEngine({
    engine: options.engine,
    onReport: display.onReport,
  }).finally(display.stop);
  console.log(`Engine: ${engine.name}, because ${engine.reason}.`);
  const generator = options.run === undefined
    ? (await loadWeights(committedFolder("generator"))).model
    : await loadModel(`${options.run}/models/${options.kind}`);
  const images = await sampleImages(generator, {
    count: options.count,
    seed: options.seed,
  });
  await writeAtomically(
    options.out,
    await drawSheet(images, { columns: options.columns }),
  );
  console.log(`${images.count} digits: ${options.out}`);
}

function parseArguments(args: readonly string[]): SampleCommand {
  return taskCommand("sample")
    .description(
      "Generates digits with a trained generator and saves them as one PNG.",
    )
    .option(
      "--run <folder>",
      "folder of a finished run (default: the generator in data/weights/)",
    )
    .addOption(
      new Option("--kind <name>", "the run's generator to use").choices([
        "average",
        "generator",
      ]).default("average"),
    )
    .addOption(
      integerOption("--count <number>", "images to generate", 64, MOST_IMAGES),
    )
    .addOption(
      integerOption(
        "--seed <number>",
        "seed of the digits; the same seed gives the same picture",
        1,
        0x7fffffff,
      ),
    )
    .addOption(
      integerOption("--columns <number>", "images in a row", 8, MOST_IMAGES),
    )
    .option("--out <file>", "file of the picture", "digits.png")
    .addOption(
      new Option("--engine <name>", "the engine to use").choices(engineChoices)
        .default("auto"),
    )
    .parse([...args], { from: "user" })
    .opts<SampleCommand>();
}

if (import.meta.main) await main(Deno.args).catch(reportError);
