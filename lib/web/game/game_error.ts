/**
 * The error that is thrown when a link, an import or a puzzle is refused. Its message says what was
 * attempted, what was expected and what was found. Its code selects the text that the page shows.
 */
export class GameError extends Error {
  override name = "GameError";

  constructor(readonly code: GameErrorCode, message: string) {
    super(message);
  }
}

/** The reason why a link, an import or a puzzle was refused. */
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
