import { writeAtomically } from "../system/atomic_write.ts";
import { modelFiles, sha256, type WeightsCard } from "../models/weights.ts";
import { type Run, RunError } from "../runs/run_folder.ts";
import { readSummary, type Summary } from "../runs/summary.ts";

/**
 * Checks that a run can be published, and returns its summary.
 *
 * @throws {RunError} when the run is not finished
 */
export async function requireFinished(
  { name, folder }: Pick<Run, "name" | "folder">,
): Promise<Summary> {
  const summary = await readSummary(folder);
  if (summary) return summary;
  throw new RunError(
    `Publishing run '${name}': wanted a finished run, found no summary.json. Resume it first.`,
  );
}

/**
 * Writes weights.json next to a saved model. The file contains the card and the hashes of the
 * model's files.
 */
export async function writeCard<Card extends Omit<WeightsCard, "sha256">>(
  folder: string,
  card: Card,
): Promise<void> {
  const hashes = await Promise.all(
    modelFiles.map(async (name) => [
      name,
      await sha256(await Deno.readFile(`${folder}/${name}`)),
    ]),
  );
  await writeAtomically(
    `${folder}/weights.json`,
    JSON.stringify({ ...card, sha256: Object.fromEntries(hashes) }, null, 2) +
      "\n",
  );
}
