/** Explains in the page's language why the game refused something, such as a link. */
import { GameError } from "../../game/mod.ts";
import type { Texts } from "../texts.ts";

/**
 * Returns text that explains an error. If the error is not a `GameError`, then the text contains
 * the message of the error.
 */
export function refusalText(error: unknown, { refusals, said }: Texts): string {
  if (error instanceof GameError) return refusals[error.code];
  return said.failed(error instanceof Error ? error.message : String(error));
}
