/** Creates the command-line parser of a task. */
import { Command } from "commander";

/**
 * Returns a parser for the command line of a task. After an error, the parser only points to
 * --help, instead of printing all 60 lines of help.
 */
export function taskCommand(task: string): Command {
  return new Command(`deno task ${task}`)
    .allowExcessArguments(false)
    .showHelpAfterError(`See deno task ${task} --help`);
}
