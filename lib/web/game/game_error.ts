/** The error of the game model, which a page shows as an answer. */

/**
 * Thrown for a link, an import or a puzzle that is refused. The message says what was attempted,
 * what was wanted and what was found; the code is for a page's own texts.
 */
export class GameError extends Error {
  /** The class's name, as stacks show it. */
  override name = "GameError";

  constructor(readonly code: GameErrorCode, message: string) {
    super(message);
  }
}

/** Why something was refused. */
export type GameErrorCode =
  | "not a grid"
  | "conflict"
  | "full"
  | "no solution"
  | "several solutions"
  | "no such puzzle"
  | "not a link"
  | "newer link"
  | "not an export"
  | "newer export"
  | "not a game";
