/** Creates the command-line parser that every task builds on. */
import { Command } from "commander";

/**
 * Returns a command of `deno task`. After an error the command points to the help instead of
 * printing it, because the error would be lost above 60 lines of help.
 */
export function taskCommand(task: string): Command {
  return new Command(`deno task ${task}`)
    .allowExcessArguments(false)
    .showHelpAfterError(`See deno task ${task} --help`);
}
