/**
 * Writes a script that contains the facts for the dialog "How it was made". The page loads this
 * script when the dialog opens.
 */
import { readTrainingSheets } from "../../digits/training_sheets.ts";
import type { NotebookLink } from "./notebooks/notebook_pages.ts";

/** Returns the script. */
export async function madeScript(notebooks: readonly NotebookLink[]): Promise<string> {
  const facts = { training: await readTrainingSheets(), notebooks };
  return `globalThis.sudoganMade=${JSON.stringify(facts)};`;
}
