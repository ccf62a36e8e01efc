/**
 * Under which keys saves are stored: a key for each game, one for the settings, one for the results,
 * so that tabs seldom write the same one.
 */
import * as v from "valibot";
import { resultsSchema, savedGamesSchema } from "./schema.ts";
import { mergeSaves, noSaves, type Saves } from "./saves.ts";
import { settingsSchema } from "./settings.ts";

/** A page of another version has other keys, and leaves these alone. */
const PREFIX = "sudogan/1/";
const GAME = `${PREFIX}game/`;
const SETTINGS = `${PREFIX}settings`;
const RESULTS = `${PREFIX}results`;

/** Returns whether a key is one of these. */
export function isKey(key: string): boolean {
  return key === SETTINGS || key === RESULTS || key.startsWith(GAME);
}

/** Returns the key under which damaged content is put aside. */
export function asideOf(key: string): string {
  return `sudogan/damaged/${key.slice(PREFIX.length)}`;
}

/** Returns the keys that saves are stored under. */
export function keysOf({ games, settings, results }: Saves): readonly string[] {
  return [
    ...new Set(games.map(({ id }) => `${GAME}${id}`)),
    ...Object.keys(settings).length > 0 ? [SETTINGS] : [],
    ...results.length > 0 ? [RESULTS] : [],
  ];
}

/** Returns what is to be stored under a key. */
export function textOf({ games, settings, results }: Saves, key: string): string {
  if (key === SETTINGS) return JSON.stringify(settings);
  if (key === RESULTS) return JSON.stringify(results);
  return JSON.stringify(games.filter(({ id }) => `${GAME}${id}` === key));
}

/** Reads what is stored under a key; undefined where it is damaged. */
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
  if (games.some(({ id }) => `${GAME}${id}` !== key)) throw new SyntaxError("Another key's game.");
  return { ...noSaves, games };
}
