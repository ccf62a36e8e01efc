/**
 * Stores the plan of a search in search.json, in the folder of the search. A later version of this
 * project may choose other candidates, but the file still says which candidates the search tried.
 */
import { z } from "zod";
import { readRecord } from "../../runs/read_record.ts";
import { writeAtomically } from "../../system/atomic_write.ts";
import { UserError } from "../../system/user_error.ts";
import { parseTrainOptions } from "../../training/gan/options.ts";
import type { SearchPlan } from "./search.ts";

const planSchema = z.object({
  budget: z.number().positive(),
  rungs: z.int().min(1),
  candidates: z.array(z.object({
    name: z.string(),
    origin: z.string(),
    options: z.unknown().transform(parseTrainOptions),
  })).min(1),
});

const ADVICE = "Choose another folder for a new search: deno task experiments search --root FOLDER";

/** Returns the plan of the search in a folder, or undefined if the folder contains no plan. */
export async function readPlan(root: string): Promise<SearchPlan | undefined> {
  const found = await readRecord(pathOf(root), (json) => planSchema.parse(json), ADVICE);
  return found && {
    ...found,
    candidates: found.candidates.map(({ name, origin, options }) => ({
      experiment: Object.freeze({ name, options, against: "validation" as const }),
      origin,
    })),
  };
}

/**
 * Writes the plan of a new search. If the folder already contains a search, checks that its plan is
 * the same.
 *
 * @throws {UserError} when the folder contains a search with a different plan
 */
export async function claimPlan(root: string, plan: SearchPlan): Promise<void> {
  const found = await readPlan(root);
  const content = formatPlan(plan);
  if (found && formatPlan(found) !== content) {
    const describe = ({ candidates, budget, rungs }: SearchPlan) =>
      `${candidates.length} candidates, ${rungs} rungs and a budget of ${budget}`;
    throw new UserError(
      `Searching in ${root}: wanted the plan in search.json (${describe(found)}), found ` +
        `${describe(plan)}, or other recipes. ${ADVICE}`,
    );
  }
  if (found) return;
  await Deno.mkdir(root, { recursive: true });
  // Two processes may get here at the same time, but both write the same content.
  await writeAtomically(pathOf(root), content);
}

function formatPlan({ budget, rungs, candidates }: SearchPlan): string {
  const recipes = candidates.map(({ origin, experiment: { name, options } }) => ({
    name,
    origin,
    options,
  }));
  return JSON.stringify({ budget, rungs, candidates: recipes }, null, 2) + "\n";
}

function pathOf(root: string): string {
  return `${root}/search.json`;
}
