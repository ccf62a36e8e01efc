/** The base of every task's command line. */
import { Command } from "commander";

/**
 * Returns a command of `deno task`. After an error it prints only a pointer to the help, because
 * the error would be lost above 60 lines of help.
 */
export function taskCommand(task: string): Command {
  return new Command(`deno task ${task}`)
    .allowExcessArguments(false)
    .showHelpAfterError(`See deno task ${task} --help`);
}
