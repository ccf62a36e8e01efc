/**
 * Encodes a puzzle or a game as the fragment of a URL. Browsers do not send fragments to servers. A
 * fragment has three parts: the kind and the version (`p1` for a puzzle or `g1` for a game), the
 * data, and two check letters that reveal damage.
 *
 * Each game has exactly one valid link. When a link is opened, its game is encoded again, and the
 * link is refused if the result is different.
 */
import { GameError } from "../game_error.ts";
import { checkedPosition } from "../play/check_position.ts";
import { type Game, newGame } from "../play/game.ts";
import type { Moment } from "../play/moment.ts";
import type { PlayedPuzzle } from "../play/puzzle.ts";
import { elapsed } from "../play/timer.ts";
import { BitReader, BitWriter } from "./bits.ts";
import { type GameProgress, readProgress, writeProgress } from "./progress_bits.ts";
import { readClues, writeClues } from "./puzzle_bits.ts";

const VERSION = "1";

/**
 * The maximum length of a link, in characters. Even a 9x9 board full of marks and colours has a
 * shorter link.
 */
const MOST_LETTERS = 1000;

/** Returns the link to a puzzle, as a fragment without `#`. */
export function linkToPuzzle(puzzle: PlayedPuzzle): string {
  const bits = new BitWriter();
  writeClues(bits, puzzle);
  return seal("p", bits);
}

/**
 * Returns the link to a game, as a fragment without `#`. The link does not contain the history of
 * the game.
 */
export function linkToGame(game: Game, now: Moment): string {
  const { puzzle, position, timer, hintsTaken } = game;
  const seconds = Math.floor(elapsed(timer, now.time) / 1000);
  return linkTo(puzzle, { position, seconds, hintsTaken });
}

function linkTo(puzzle: PlayedPuzzle, progress: GameProgress): string {
  const bits = new BitWriter();
  writeClues(bits, puzzle);
  writeProgress(bits, progress, puzzle);
  return seal("g", bits);
}

function seal(kind: "p" | "g", bits: BitWriter): string {
  const text = `${kind}${VERSION}${bits.letters()}`;
  return text + checkLetters(text);
}

/**
 * Returns whether a fragment looks like a link. The page ignores a fragment that does not look like
 * a link.
 */
export function isLink(fragment: string): boolean {
  return /^#?[pg]\d/.test(fragment);
}

/**
 * Starts the game that a link contains. The clock runs, unless the game is already solved.
 *
 * @param fragment the link, with or without `#`
 * @param id the game's id, see {@linkcode newGame}
 * @throws {GameError} when the fragment is not a valid link
 */
export function openLink(fragment: string, id: string, now: Moment): Game {
  const link = fragment.replace(/^#/, "");
  requireForm(link);
  const bits = new BitReader(link.slice(2, -2));
  const puzzle = readClues(bits);
  if (puzzle === undefined) throw refusal("no puzzle");
  const game = newGame(puzzle, id, now);
  if (link[0] === "p") return onlyIf(game, linkToPuzzle(puzzle) === link);
  const progress = readProgress(bits, puzzle);
  if (progress === undefined) throw refusal("half a board");
  const position = checkedPosition(progress.position, puzzle);
  const isOne = linkTo(puzzle, progress) === link;
  return onlyIf(continued(game, { ...progress, position }, now), isOne);
}

function requireForm(link: string): void {
  if (link.length > MOST_LETTERS) throw refusal(`${link.length} letters`);
  if (!isLink(link)) throw refusal("something else");
  if (link[1] !== VERSION) throw refusal(`version ${link[1]}`, "newer link");
  if (checkLetters(link.slice(0, -2)) !== link.slice(-2)) throw refusal("a damaged one");
}

function onlyIf(game: Game, isWhole: boolean): Game {
  if (!isWhole) throw refusal("one that no game has");
  return game;
}

function continued(game: Game, { position, seconds, hintsTaken }: GameProgress, now: Moment): Game {
  const { solution } = game.puzzle;
  const isSolved = position.values.every((value, cell) => value === solution[cell]);
  return Object.freeze({
    ...game,
    ...{ position, hintsTaken },
    timer: Object.freeze({ before: seconds * 1000, since: isSolved ? null : now.time }),
    finishedOn: isSolved ? now.date : null,
  });
}

/**
 * Returns the two check letters for a text. The letters encode the text's FNV-1a hash, folded to
 * twelve bits, which is enough to detect most accidental damage.
 */
function checkLetters(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  const bits = new BitWriter();
  bits.write((hash ^ hash >>> 12 ^ hash >>> 24) & 0xfff, 12);
  return bits.letters();
}

function refusal(found: string, code: "not a link" | "newer link" = "not a link"): GameError {
  return new GameError(code, `Opening a link: wanted a whole one of this page; found ${found}.`);
}
