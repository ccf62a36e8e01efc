/** Exports and imports all saved data as JSON. */
import * as v from "valibot";
import { GameError } from "../game_error.ts";
import { comesFrom, type Lineage } from "../play/lineage.ts";
import { resultsSchema, type SavedGame, savedGamesSchema } from "./schema.ts";
import { mergeSaves, type Saves } from "./saves.ts";
import { settingsSchema } from "./settings.ts";
import { openGame } from "./stored_game.ts";

/**
 * The version of the export format. Increase the version with every change that older pages cannot
 * read.
 */
const VERSION = 1;

/** The maximum length of an export, which is twice what browsers let a page store. */
const MOST_CHARACTERS = 10_000_000;

const header = v.object({ app: v.literal("sudogan"), version: v.number() });

const body = v.object({
  games: savedGamesSchema,
  settings: settingsSchema,
  results: resultsSchema,
});

/** Returns all saved data as JSON. Games that were removed are left out. */
export function exportSaves({ games, settings, results }: Saves): string {
  const kept = games.filter(({ game }) => game !== null);
  return JSON.stringify({ app: "sudogan", version: VERSION, games: kept, settings, results });
}

/**
 * Reads an export and checks that every game in it can be opened. A hostile file may make this
 * slow, so the page calls this function in the worker.
 *
 * @throws {GameError} if the string is not an export, or if it contains an impossible game
 */
export function readExport(
  text: string,
  onGame: (done: number, of: number) => void = () => {},
): Saves {
  if (text.length > MOST_CHARACTERS) throw refusal(`${text.length} characters`);
  const json = parse(text);
  const head = v.safeParse(header, json);
  if (!head.success) throw refusal("another file");
  if (head.output.version !== VERSION) {
    const code = head.output.version > VERSION ? "newer export" : "not an export";
    throw refusal(`version ${head.output.version}`, code);
  }
  const read = v.safeParse(body, json);
  if (!read.success) throw refusal(describe(read.issues[0]));
  const { games, settings, results } = read.output;
  games.forEach((game, index) => {
    if (game.game !== null) openGame(game);
    onGame(index + 1, games.length);
  });
  return mergeSaves({ games, settings, results }, { games: [], settings: {}, results: [] });
}

/**
 * Adds imported data to the saves. If a game was removed here and the import contains it, then the
 * game comes back.
 *
 * @param extend function that takes a game's lineage (its list of saves) and returns this lineage
 * with one more save by this tab
 */
export function importSaves(
  saves: Saves,
  imported: Saves,
  extend: (id: string, lineage: Lineage) => Lineage,
): Saves {
  const revive = (state: SavedGame): SavedGame => {
    const removed = saves.games.find(({ id, game, lineage }) =>
      id === state.id && game === null && comesFrom(lineage, state.lineage)
    );
    return removed ? { ...state, lineage: extend(state.id, removed.lineage) } : state;
  };
  return mergeSaves(saves, { ...imported, games: imported.games.map(revive) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal("no JSON");
  }
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = issue.path?.map(({ key }) => String(key)).join(".") ?? "";
  return `${path.slice(0, 100)}: ${issue.message.slice(0, 200)}`;
}

function refusal(
  found: string,
  code: "not an export" | "newer export" = "not an export",
): GameError {
  return new GameError(
    code,
    `Reading an export: wanted one of version ${VERSION} by this page; found ${found}.`,
  );
}
