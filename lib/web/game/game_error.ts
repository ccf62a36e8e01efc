/** The error of the game model, which a page shows to the player. */

/**
 * An error for a link, an import or a puzzle that is refused. The message states the attempt, the
 * expectation and the actual value; the code selects the page's own text.
 */
export class GameError extends Error {
  /** The name of the class, as it appears in stacks. */
  override name = "GameError";

  constructor(readonly code: GameErrorCode, message: string) {
    super(message);
  }
}

/** The reason for the refusal. */
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
