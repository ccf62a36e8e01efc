/** Explains a refusal in the page's language. */
import { GameError } from "../../game/mod.ts";
import type { Texts } from "../texts.ts";

/** Returns the text for an error. If the error is not a refusal, the text includes its message. */
export function refusalText(error: unknown, { refusals, said }: Texts): string {
  if (error instanceof GameError) return refusals[error.code];
  return said.failed(error instanceof Error ? error.message : String(error));
}
