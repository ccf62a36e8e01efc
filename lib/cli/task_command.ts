/** Creates the command-line parser of a task. */
import { Command } from "commander";

/**
 * Returns a command. After an error, the command points to its help instead of printing 60 lines.
 */
export function taskCommand(task: string): Command {
  return new Command(`deno task ${task}`)
    .allowExcessArguments(false)
    .showHelpAfterError(`See deno task ${task} --help`);
}
