/**
 * Records the engine of a run in engine.json.
 *
 * A resumed run matches an uninterrupted run bit for bit only if every operation adds numbers in
 * the same order. On the native engine, this order depends on the version of TensorFlow, the thread
 * settings, oneDNN and the processor. The processor matters because its vector instructions and
 * caches determine how matrices are divided into blocks.
 */
import { z } from "zod";
import { writeAtomically } from "../system/atomic_write.ts";
import { type Engine, engineNames } from "../engine/engine.ts";
import { threadEnvironment } from "../native/threads.ts";
import { readRecord } from "./read_record.ts";
import { RunError } from "./run_folder.ts";

/**
 * The content of engine.json. The thread settings are optional, because earlier versions did not
 * record them.
 */
const recordSchema = z.looseObject({
  name: z.enum(engineNames),
  versions: z.record(z.string(), z.string()),
  processor: z.string(),
  instructionSet: z.array(z.string()),
  oneDnn: z.boolean(),
  threadSettings: z.object({
    withinOperations: z.int().positive(),
    acrossOperations: z.int().positive(),
  }).optional(),
});

type EngineRecord = z.output<typeof recordSchema>;

/** A condition that has changed since the run was started. */
interface Difference {
  /** A description of the old and the new condition. */
  readonly what: string;
  /** Environment variables that restore the old condition, if there are any. */
  readonly environment?: string;
}

/**
 * Records the engine of a new run. Refuses to resume a run if its numbers would be rounded
 * differently than before.
 *
 * @param command the command that resumes the run, for the error message
 * @throws {RunError} when the run was started on a different engine, or under different conditions
 */
export async function recordEngine(
  folder: string,
  engine: Engine,
  command = "the same command",
): Promise<void> {
  const path = `${folder}/engine.json`;
  const before = await readRecord(
    path,
    (json) => recordSchema.parse(json),
    "Restore it from a copy, or remove it to resume the run without this check of the engine.",
  );
  if (before === undefined) {
    return await writeAtomically(path, JSON.stringify(engine, null, 2) + "\n");
  }
  if (before.name !== engine.name) {
    throw new RunError(
      `Resuming the run in ${folder}: it was trained on the engine '${before.name}', and this is '${engine.name}', which ` +
        `rounds differently. Choose --engine ${before.name}, or start a new run.`,
    );
  }
  const differences = findDifferences(before, engine);
  if (differences.length === 0) return;
  throw new RunError(
    `Resuming the run in ${folder}: its numbers would be rounded differently, since ` +
      `${differences.map(({ what }) => what).join("; ")}. ` +
      `${describeRemedy(differences, path, command)}`,
  );
}

function findDifferences(before: EngineRecord, now: Engine): Difference[] {
  const differences = Object.keys(before.versions)
    .filter((name) => !["deno", "v8"].includes(name))
    .filter((name) => before.versions[name] !== now.versions[name])
    .map((name): Difference => ({
      what: `${name} was ${before.versions[name]}, now ${now.versions[name]}`,
    }));
  if (now.name !== "native") return differences;
  const [processor, found] = [before, now].map((each) =>
    `${each.processor} (${each.instructionSet.join(" ")})`
  );
  if (processor !== found) {
    differences.push({ what: `the processor was ${processor}, now ${found}` });
  }
  return [
    ...differences,
    ...oneDnnDifference(before, now),
    ...threadDifference(before, now),
  ];
}

function oneDnnDifference(before: EngineRecord, now: Engine): Difference[] {
  if (before.oneDnn === now.oneDnn) return [];
  const [was, is] = [before, now].map(({ oneDnn }) => oneDnn ? "on" : "off");
  return [{
    what: `oneDNN was ${was}, now ${is}`,
    environment: `TF_ENABLE_ONEDNN_OPTS=${Number(before.oneDnn)}`,
  }];
}

function threadDifference(before: EngineRecord, now: Engine): Difference[] {
  if (!before.threadSettings) return [];
  const [was, is] = [before.threadSettings, now.threadSettings].map(
    threadEnvironment,
  );
  if (was === is) return [];
  return [{
    what: `TensorFlow's threads were ${was}, now ${is}`,
    environment: was,
  }];
}

function describeRemedy(
  differences: readonly Difference[],
  path: string,
  command: string,
): string {
  const environment = differences.map(({ environment }) => environment);
  if (environment.every((each) => each !== undefined)) {
    return `To resume: ${environment.join(" ")} ${command}`;
  }
  return "Resume it under the old conditions, or start a new run. If the result need not be the " +
    `same bit for bit, remove ${path}; ${command} then resumes the run under the new ones.`;
}
