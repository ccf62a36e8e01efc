/**
 * `deno task digits`: draws the sheet of digits with the committed generator, and writes the models
 * for the web page.
 */
import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { loadMnist } from "../dataset/mnist.ts";
import { digitsFolder, writeDigits } from "../digits/digit_files.ts";
import { makeDigits } from "../digits/make_digits.ts";
import type { DigitCheck } from "../digits/make_digits.ts";
import { drawTrainingSheets, shownEpochs, writeTrainingSheets } from "../digits/training_sheets.ts";
import { writeWebModels } from "../digits/web_models.ts";
import { startEngine } from "../engine/backend.ts";
import { openLenetReader } from "../evaluation/classifier/lenet_reader.ts";
import { loadClassifier } from "../models/classifier_weights.ts";
import { cardSchema, committedFolder, loadWeights } from "../models/weights.ts";
import { reopenRun } from "../runs/run_folder.ts";
import { listSheets } from "../runs/samples.ts";
import { integerOption } from "./integer_option.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";

interface DigitsCommand {
  readonly seed: number;
  readonly to: string;
  readonly lenet: string;
}

async function main(args: readonly string[]): Promise<void> {
  const program = taskCommand("digits")
    // Both `deno task digits` and `deno task digits training` have an option --to. Its position
    // decides which of the two is meant.
    .enablePositionalOptions()
    .description(
      "Draws digits with the committed generator, keeps those that the classifier is confident about, and " +
        "makes a sheet of clear and varied ones.",
    )
    .addOption(
      integerOption(
        "--seed <number>",
        "seed of the latents; the same seed gives the same sheet",
        1,
        0x7fffffff,
      ),
    )
    .option("--to <folder>", "folder to write to", digitsFolder())
    .option("--lenet <file>", "LeNet's weights, for the check; optional", lenetFile())
    .action((options: DigitsCommand) => make(options));
  program.command("models")
    .description("writes the generator and the classifier for a web page, in half precision")
    .argument("<folder>", "folder to write to")
    .action((folder: string) => exportModels(folder));
  program.command("training")
    .description("draws how the digits developed during a finished run, for the page")
    .argument("<run>", "folder of the run, such as data/runs/gan/seed-1")
    .option("--to <folder>", "folder to write to", digitsFolder())
    .action((run: string, { to }: { to: string }) => drawTraining(run, to));
  await program.parseAsync([...args], { from: "user" });
}

/**
 * Returns the default path of LeNet's weights. On the project's machines, the weights are in a
 * folder next to the repository.
 */
function lenetFile(): string {
  return fileURLToPath(new URL("../../../shared/lenet-mnist/lenet.json", import.meta.url));
}

async function make({ seed, to, lenet: lenetPath }: DigitsCommand): Promise<void> {
  const { generator, classifier, second, hashes } = await openNetworks();
  const lenet = existsSync(lenetPath) ? await openLenetReader(lenetPath) : undefined;
  if (!lenet) console.log(`${lenetPath}: not found, so two readers check the digits, not three.`);
  const made = await makeDigits({ generator, classifier, second }, {
    seed,
    weights: hashes,
    mnist: await loadMnist(),
    lenet,
    onProgress: (message) => console.log(message),
  });
  await writeDigits(to, made);
  const { light, dark } = made.sheets;
  const kilobytes = ((light.length + dark.length) / 1000).toFixed(0);
  console.log(describeCheck(made.check));
  console.log(`${to}: ${made.index.pictures.length} pictures, both sheets ${kilobytes} kB.`);
}

/**
 * Opens the networks on the WebAssembly engine, which computes the same numbers on every machine.
 * Even the bytes of the sheet are therefore the same.
 */
async function openNetworks() {
  await startEngine({ engine: "wasm" });
  const { model: generator, card } = await loadWeights(committedFolder("generator"), cardSchema);
  const classifier = await loadClassifier();
  const second = await loadClassifier(committedFolder("second-classifier"));
  const hashes = {
    generator: card.sha256["weights.bin"],
    classifier: classifier.hash,
    second: second.hash,
  };
  return { generator, classifier, second, hashes };
}

function describeCheck({ shown, byAny, bySecond, byLenet }: DigitCheck): string {
  const others = byLenet === null
    ? `the second classifier ${bySecond} otherwise`
    : `the second classifier ${bySecond} otherwise, LeNet ${byLenet}, any of them ${byAny}`;
  return `Of ${shown} digits that the classifier is confident about, ${others}.`;
}

async function exportModels(folder: string): Promise<void> {
  const { generator, classifier } = await openNetworks();
  const { weights } = await writeWebModels({ generator, classifier }, folder);
  for (const [name, hash] of Object.entries(weights)) {
    const { size } = await Deno.stat(`${folder}/${name}/weights.bin`);
    console.log(`${folder}/${name}: ${(size / 1000).toFixed(0)} kB, SHA-256 ${hash}`);
  }
}

/**
 * Draws a run's sheets for selected epochs. The run has saved one sheet before the first epoch, and
 * one sheet after each epoch.
 */
async function drawTraining(path: string, to: string): Promise<void> {
  const run = await reopenRun(dirname(resolve(path)), basename(resolve(path)), {});
  const names = await listSheets(`${run.folder}/samples`);
  const epochs = shownEpochs(names.length - 1);
  const sheets = await Promise.all(epochs.map((epoch) => Deno.readFile(names[epoch])));
  const drawn = await drawTrainingSheets(sheets, { seed: run.options.seed, epochs });
  await writeTrainingSheets(to, drawn);
  const kilobytes = (drawn.picture.length / 1000).toFixed(0);
  console.log(`${to}: sheets after the epochs ${epochs.join(", ")}, ${kilobytes} kB.`);
}

if (import.meta.main) await main(Deno.args).catch(reportError);
