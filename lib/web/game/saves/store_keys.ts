/**
 * Defines the keys under which saves are stored. Each game has a separate key. The settings and the
 * results have separate keys too. Two tabs therefore rarely write to the same key.
 */
import * as v from "valibot";
import { resultsSchema, savedGamesSchema } from "./schema.ts";
import { mergeSaves, noSaves, type Saves } from "./saves.ts";
import { settingsSchema } from "./settings.ts";

/**
 * The prefix of all keys. Versions of the page that cannot read each other's saves use different
 * prefixes.
 */
const PREFIX = "sudogan/1/";
const GAME = `${PREFIX}game/`;
const SETTINGS = `${PREFIX}settings`;
const RESULTS = `${PREFIX}results`;

/** Returns whether a key is used for saves. */
export function isKey(key: string): boolean {
  return key === SETTINGS || key === RESULTS || key.startsWith(GAME);
}

/** Returns the key under which a game is stored. */
export function gameKey(id: string): string {
  return `${GAME}${id}`;
}

/**
 * Returns the key for a copy of the damaged content that was stored under `key`.
 */
export function asideOf(key: string): string {
  return `sudogan/damaged/${key.slice(PREFIX.length)}`;
}

/** Returns the keys under which the given saves are stored. */
export function keysOf({ games, settings, results }: Saves): readonly string[] {
  return [
    ...new Set(games.map(({ id }) => gameKey(id))),
    ...Object.keys(settings).length > 0 ? [SETTINGS] : [],
    ...results.length > 0 ? [RESULTS] : [],
  ];
}

/** Returns the string that is stored under a key. */
export function textOf({ games, settings, results }: Saves, key: string): string {
  if (key === SETTINGS) return JSON.stringify(settings);
  if (key === RESULTS) return JSON.stringify(results);
  return JSON.stringify(games.filter(({ id }) => gameKey(id) === key));
}

/** Reads the data that is stored under a key. Returns undefined if the data is damaged. */
export function readPart(key: string, text: string): Saves | undefined {
  try {
    return mergeSaves(noSaves, parsePart(key, JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError || v.isValiError(error)) return undefined;
    throw error;
  }
}

function parsePart(key: string, json: unknown): Saves {
  if (key === SETTINGS) return { ...noSaves, settings: v.parse(settingsSchema, json) };
  if (key === RESULTS) return { ...noSaves, results: v.parse(resultsSchema, json) };
  const games = v.parse(savedGamesSchema, json);
  if (games.some(({ id }) => gameKey(id) !== key)) throw new SyntaxError("Another key's game.");
  return { ...noSaves, games };
}
