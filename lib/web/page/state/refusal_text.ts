/** Why something from outside was refused, in the page's language. */
import { GameError } from "../../game/mod.ts";
import type { Texts } from "../texts.ts";

/** Returns the text for an error; one that is no refusal is told as it is. */
export function refusalText(error: unknown, { refusals, said }: Texts): string {
  if (error instanceof GameError) return refusals[error.code];
  return said.failed(error instanceof Error ? error.message : String(error));
}
