import { dirname } from "node:path";
import { writeAtomically } from "../system/atomic_write.ts";
import { describeProblem } from "../system/describe_problem.ts";
import { parseTrainOptions, type TrainOptions } from "../training/gan/options.ts";
import { UserError } from "../system/user_error.ts";

/** A training run, with its folder and its options. */
export interface Run<Options = TrainOptions> {
  readonly name: string;
  readonly folder: string;
  readonly options: Options;
}

/** Thrown when a run cannot be started or resumed as requested. */
export class RunError extends UserError {
  override name = "RunError";
}

/** Matches folder names that are valid on every operating system. */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Checks that a name is available for a new run.
 *
 * @param root the folder that contains all runs
 * @throws {RunError} when the name is taken, or is not a valid folder name
 */
export async function refuseTaken(root: string, name: string): Promise<void> {
  const folder = folderOf(root, name);
  if (await Deno.stat(folder).then(() => true, () => false)) {
    throw taken(folder, name);
  }
}

/**
 * Creates the folder of a new run, and saves the run's options in it.
 *
 * @throws {RunError} for the same reasons as {@linkcode refuseTaken}
 */
export async function createRun<Options>(
  root: string,
  name: string,
  options: Options,
): Promise<Run<Options>> {
  const folder = folderOf(root, name);
  await Deno.mkdir(root, { recursive: true });
  try {
    await Deno.mkdir(folder);
  } catch (error) {
    throw error instanceof Deno.errors.AlreadyExists ? taken(folder, name) : error;
  }
  try {
    await writeAtomically(
      `${folder}/config.json`,
      JSON.stringify(options, null, 2) + "\n",
    );
  } catch (error) {
    // Without saved options, the run could be neither resumed nor started again.
    await Deno.remove(folder).catch(() => {});
    throw error;
  }
  return { name, folder, options };
}

function taken(folder: string, name: string): RunError {
  return new RunError(
    `Starting run '${name}': ${folder} exists. Resume it with --resume, or choose another --name.`,
  );
}

/**
 * Opens the folder of a run, so that the run can be resumed.
 *
 * @param given the requested options, which must equal the saved options
 * @throws {RunError} when there is no such run, or when an option differs from the saved option
 */
export async function reopenRun<Options extends object = TrainOptions>(
  root: string,
  name: string,
  given: Partial<Options>,
  parse: (saved: unknown) => Options = parseTrainOptions as (
    saved: unknown,
  ) => Options,
): Promise<Run<Options>> {
  const folder = folderOf(root, name);
  let text: string;
  try {
    text = await Deno.readTextFile(`${folder}/config.json`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new RunError(
      `Resuming run '${name}': wanted ${folder}/config.json, found none; ` +
        await whatIsThere(root, name),
    );
  }
  const options = parseSaved(text, `${folder}/config.json`, parse);
  refuseDifferences(name, options, given);
  return { name, folder, options };
}

async function whatIsThere(root: string, name: string): Promise<string> {
  // Until version 0.1, runs of GANs were stored directly in data/runs.
  const before = `${dirname(root)}/${name}`;
  if (await Deno.stat(`${before}/config.json`).then(() => true, () => false)) {
    return `it is in ${before}, the folder of earlier versions. Move it: mv ${before} ${root}/`;
  }
  const names = await listRuns(root);
  return names.length > 0 ? `the runs there are ${names.join(", ")}.` : "there are no runs there.";
}

function parseSaved<Options>(
  text: string,
  path: string,
  parse: (saved: unknown) => Options,
): Options {
  try {
    return parse(JSON.parse(text));
  } catch (cause) {
    throw new RunError(
      `Opening a run: wanted its options in ${path}, found something else ` +
        `(${describeProblem(cause)}). Correct the file, or start a new run.`,
      { cause },
    );
  }
}

/** Returns the names of the runs in a folder, in the order in which the runs were started. */
export async function listRuns(root: string): Promise<string[]> {
  const runs: { name: string; started: number }[] = [];
  try {
    for await (const { name } of Deno.readDir(root)) {
      const config = await Deno.stat(`${root}/${name}/config.json`).catch(() => undefined);
      if (config) runs.push({ name, started: config.mtime?.getTime() ?? 0 });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return runs.sort((a, b) => a.started - b.started).map(({ name }) => name);
}

function folderOf(root: string, name: string): string {
  if (!namePattern.test(name)) {
    throw new RunError(
      `A run's name must consist of letters, digits, dots, hyphens and underscores, and begin with a letter or digit; ` +
        `found '${name}'.`,
    );
  }
  return `${root}/${name}`;
}

function refuseDifferences<Options extends object>(
  name: string,
  saved: Options,
  given: Partial<Options>,
): void {
  const differences = Object.entries(given)
    .map(([key, value]) => ({
      key,
      now: JSON.stringify(value),
      then: JSON.stringify(saved[key as keyof Options]),
    }))
    .filter(({ now, then }) => now !== then)
    .map(({ key, now, then }) => `${key} was ${then}, now ${now}`);
  if (differences.length > 0) {
    throw new RunError(
      `Resuming run '${name}': a run keeps the options that it was started with. Different: ` +
        `${differences.join("; ")}. Omit them, or start a new run.`,
    );
  }
}
