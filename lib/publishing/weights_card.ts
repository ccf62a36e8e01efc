/** What publishing any kind of weights needs: a finished run, and a card with the files' hashes. */
import { writeAtomically } from "../system/atomic_write.ts";
import { modelFiles, sha256, type WeightsCard } from "../models/weights.ts";
import { type Run, RunError } from "../runs/run_folder.ts";
import { readSummary, type Summary } from "../runs/summary.ts";

/**
 * The summary of a run that is to be published.
 *
 * @throws {RunError} when the run has not been finished
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
 * Writes weights.json beside a model that has been saved; its hashes are those of the files that
 * lie there.
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
