/** What the command lines of all tasks have in common. */
import { Command } from "commander";

/**
 * A command of `deno task`. What is wrong with its arguments is the last thing that it says, with a
 * line on where the help is: after 60 lines of help nobody would find it.
 */
export function taskCommand(task: string): Command {
  return new Command(`deno task ${task}`)
    .allowExcessArguments(false)
    .showHelpAfterError(`See deno task ${task} --help`);
}
