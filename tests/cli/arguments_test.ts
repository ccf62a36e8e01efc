/**
 * Tests that every task rejects invalid arguments. The output must have at most three lines, state
 * the problem first, and end with the command that shows help.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { program, runProgram } from "../support/program.ts";

/** Commands with missing, unknown or superfluous arguments. */
const others: readonly (readonly [task: string, ...args: string[]])[] = [
  ["evaluate"],
  ["evaluate", "a", "b", "c"],
  ["evaluate", "a", "b", "--against", "c"],
  ["evaluate", "a", "--extractor", "lenet"],
  ["publish"],
  ["publish", "--name", "a", "--unknown"],
  ["publish", "--name"],
  ["bench", "everything"],
  ["bench", "sudoku", "--unknown"],
  ["sudoku", "unknown"],
  ["sudoku", "solve", "--unknown"],
  ["sudoku", "daily", "--level", "unknown"],
  ["train", "unknown"],
  ["engine", "--reinstall", "--engine", "cpu"],
];

/**
 * The name of each task, followed by an unknown option. `publish` is left out, because it first
 * reports that its name is missing.
 */
const unknownOptions = Object.keys(config.tasks).filter((task) => task !== "publish").map((task) =>
  [task, "--unknown"] as const
);

for (const [task, ...args] of [...unknownOptions, ...others]) {
  Deno.test(`deno task ${[task, ...args].join(" ")} is refused in a few lines`, async () => {
    const { code, stdout, stderr } = await runProgram(fileOf(task), args);
    assertEquals([code, stdout], [1, ""]);
    const lines = stderr.trim().split("\n");
    assertMatch(lines[0], /^error: /);
    assertMatch(lines.at(-1)!, /^See deno task .* --help$/);
    assertEquals(lines.length <= 3, true, stderr);
    if (args.includes("--unknown")) assertStringIncludes(stderr, "--unknown");
  });
}

function fileOf(task: string): string {
  const { command } = config.tasks[task as keyof typeof config.tasks];
  return program(/lib\/cli\/(\w+)\.ts$/.exec(command)![1]);
}
