/** Which engine a run belongs to: engine.json in its folder. */
import { writeAtomically } from "../atomic_write.ts";
import type { Engine } from "../engine/engine.ts";
import { RunError } from "./run_folder.ts";

/**
 * Notes the engine with a new run; refuses to go on with a run on another one, whose numbers round differently.
 *
 * @throws {RunError} when the run was trained on another engine
 */
export async function claimEngine(
  folder: string,
  engine: Engine,
): Promise<void> {
  const path = `${folder}/engine.json`;
  const saved = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (saved === undefined) {
    return await writeAtomically(path, JSON.stringify(engine, null, 2) + "\n");
  }
  const { name }: Engine = JSON.parse(saved);
  if (name !== engine.name) {
    throw new RunError(
      `Resuming the run in ${folder}: it was trained on the engine '${name}', now it is '${engine.name}', which rounds ` +
        `differently. Choose --engine ${name}, or start a new run.`,
    );
  }
}
