import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { GameError } from "../../../../lib/web/game/game_error.ts";
import { exportSaves, readExport } from "../../../../lib/web/game/saves/exchange.ts";
import type { Saves } from "../../../../lib/web/game/saves/saves.ts";
import { Store } from "../../../../lib/web/game/saves/store.ts";
import { openGame, storeGame } from "../../../../lib/web/game/saves/stored_game.ts";
import { newGame } from "../../../../lib/web/game/play/game.ts";
import { elapsed } from "../../../../lib/web/game/play/timer.ts";
import { after, anyGame, gameOn, play, puzzles, solveAll, start } from "../games.ts";
import { assertValid } from "../valid_game.ts";
import { MemoryStorage } from "./storages.ts";

const HOSTILE = 10_000;

Deno.test("a game is restored unchanged, paused, with all its history", () => {
  fc.assert(fc.property(anyGame, fc.nat({ max: 1000 }), (game, seconds) => {
    const now = after(seconds);
    const text = JSON.stringify(storeGame(game, now));
    const opened = openGame(JSON.parse(text));
    const before = elapsed(game.timer, now.time);
    assertEquals(opened, { ...game, timer: { before, since: null } });
    assertValid(opened);
    // A game that is read and written again gives the same text.
    assertEquals(JSON.stringify(storeGame(opened, now)), text);
  }));
});

Deno.test("a finished game stays finished, even if the player looks through its history", () => {
  const finished = solveAll(gameOn(6));
  for (const game of [finished, play(finished, { type: "undo" }, { type: "undo" })]) {
    const opened = openGame(storeGame(game, after(500)));
    assertEquals(opened, { ...game, timer: opened.timer });
    assertEquals(opened.timer.before, game.timer.before);
  }
});

Deno.test("a long game takes little space", () => {
  const moves = Array.from({ length: 300 }, (_, index) => ({
    type: "enter",
    as: index % 3 === 0 ? "value" : "centre",
    digit: index % 9 + 1,
    cells: [index % 81],
  } as const));
  const game = play(gameOn(9), ...moves);
  assert(game.past.length > 100);
  const bytes = JSON.stringify(storeGame(game, start)).length;
  assert(bytes < 60 * game.past.length + 2000, `${bytes} for ${game.past.length} steps`);
});

Deno.test("an export transfers everything to a different browser", () => {
  const here = storeWith(3);
  here.remove(here.games[0], after(50));
  const text = exportSaves(here.saves);
  const there = new Store(() => new MemoryStorage(), "there");
  there.import(readExport(text));
  assertEquals(there.games, here.games);
  assertEquals(there.settings, here.settings);
  assertEquals(there.saves.results, here.saves.results);
  // A second import changes nothing.
  const before = there.saves;
  there.import(readExport(text));
  assertEquals(there.saves, before);
});

Deno.test("an import removes nothing, and does not restore earlier states", () => {
  const store = storeWith(1);
  const text = exportSaves(store.saves);
  const [saved] = store.games;
  const later = store.save(play(openGame(saved), { type: "resume" }, mark), after(60));
  store.save(newGame(puzzles[6], "another", start), after(61));
  store.import(readExport(text));
  assertEquals(store.games.map(({ id }) => id), ["another", "game-0"]);
  assertEquals(openGame(store.games[1]).position, later.position);
});

Deno.test("an import restores a game that was removed since", () => {
  const store = storeWith(2);
  const text = exportSaves(store.saves);
  const [removed] = store.games;
  store.remove(removed, after(60));
  store.import(readExport(text));
  assertEquals(store.games.map(({ id, game }) => [id, game]).sort(), [
    ["game-0", store.games.find(({ id }) => id === "game-0")!.game],
    [removed.id, removed.game],
  ]);
});

Deno.test("a string that is not an export is refused with the reason", () => {
  const good = JSON.parse(exportSaves(storeWith(1).saves));
  const game = good.games[0].game;
  const withGame = (changes: object) =>
    JSON.stringify({ ...good, games: [{ ...good.games[0], game: { ...game, ...changes } }] });
  const cases: [name: string, text: string, code: string][] = [
    ["nothing", "", "not an export"],
    ["another file", '{"app":"other"}', "not an export"],
    ["a list", "[]", "not an export"],
    ["null", "null", "not an export"],
    ["deep", "[".repeat(100_000), "not an export"],
    ["a later version", JSON.stringify({ ...good, version: 2 }), "newer export"],
    ["an earlier version", JSON.stringify({ ...good, version: 0 }), "not an export"],
    ["too long", " ".repeat(10_000_001), "not an export"],
    ["another solution", withGame({ givens: "0".repeat(16) }), "several solutions"],
    ["too many cells", withGame({ givens: game.givens + "0" }), "not a game"],
    ["a clue too high", withGame({ givens: game.givens.replace("1", "9") }), "not a game"],
    ["no such day", withGame({ startedOn: "2026-02-31" }), "not an export"],
    ["finished too early", withGame({ finishedOn: "2026-11-26" }), "not a game"],
    ["a step that is none", withGame({ past: [{ cursor: 3 }] }), "not a game"],
    ["a step beyond the board", withGame({ past: [{ values: [99, 1] }] }), "not a game"],
    ["half a step", withGame({ past: [{ corner: [1] }] }), "not a game"],
    ["a step that takes a clue", withGame({ past: [{ values: [0, 0] }] }), "not a game"],
    ["marks in a clue", withGame({ past: [{ centre: [0, 3] }] }), "not a game"],
    ["more than it knows", withGame({ extra: 1 }), "not an export"],
    ["an id that is none", JSON.stringify(good).replace("game-0", "<b>"), "not an export"],
    ["__proto__", JSON.stringify(good).replace('"games"', '"__proto__"'), "not an export"],
  ];
  for (const [name, text, code] of cases) {
    assertEquals(assertThrows(() => readExport(text), GameError, undefined, name).code, code, name);
  }
});

Deno.test("hostile exports are refused, or contain only games that could have been played", () => {
  const good = exportSaves(storeWith(3).saves);
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(damageTo(good), (text) => {
      const saves = readOrRefuse(text);
      outcomes[saves ? "read" : "refused"]++;
      if (saves) assertPlayable(saves);
    }),
    { numRuns: HOSTILE },
  );
  // The test would be pointless if damage were always or never detected.
  assert(outcomes.read > HOSTILE / 100 && outcomes.refused > HOSTILE / 10, `${outcomes.read}`);
});

function readOrRefuse(text: string): Saves | undefined {
  try {
    return readExport(text);
  } catch (error) {
    if (error instanceof GameError) return undefined;
    throw error;
  }
}

function assertPlayable(saves: Saves): void {
  for (const saved of saves.games) {
    if (saved.game === null) continue;
    const game = openGame(saved);
    assertValid(game);
    const next = play(game, { type: "resume" }, mark, { type: "undo" }, { type: "undo" });
    openGame(storeGame(next, after(1)));
  }
  const store = new Store(() => new MemoryStorage(), "there");
  store.import(saves);
  assertEquals(store.state, "stored");
}

/** Makes a string with replaced or missing characters, or JSON with replaced values. */
function damageTo(text: string): fc.Arbitrary<string> {
  const characters = fc.tuple(
    fc.nat({ max: text.length }),
    fc.nat({ max: 5 }),
    fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom("0", "1", "2", "9", "-", "null", '"')),
  ).map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
  const values = fc.array(fc.tuple(fc.nat(), anyJson), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const json = JSON.parse(text);
      for (const [which, shared] of changes) {
        const value = JSON.parse(JSON.stringify(shared));
        const places = placesIn(json);
        const [holder, key] = places[which % places.length];
        Object.defineProperty(holder, key, { value, enumerable: true, configurable: true });
      }
      return JSON.stringify(json);
    });
  return fc.oneof(characters, values);
}

const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -1, max: 12 }),
  fc.boolean(),
  fc.constantFrom<unknown>(null, [], {}, "", "0", 1e300, 0.5, "2026-11-27", [0, 1], [1, 2]),
  fc.jsonValue({ maxDepth: 2 }),
);

function placesIn(json: object): [holder: object, key: string][] {
  return Object.entries(json).flatMap(([key, value]): [object, string][] => [
    [json, key],
    ...typeof value === "object" && value !== null ? placesIn(value) : [],
  ]);
}

function storeWith(count: number): Store {
  const store = new Store(() => new MemoryStorage(), "here");
  store.set({ digits: "raw" });
  for (let index = 0; index < count; index++) {
    const game = newGame(index === 2 ? puzzles[9] : puzzles[4], `game-${index}`, start);
    const played = play(game, mark, { type: "autoNotes", on: true }, { type: "undo" });
    store.save(index === 1 ? solveAll(game) : played, after(index));
  }
  return store;
}

const mark = { type: "enter", as: "corner", digit: 2, cells: [1] } as const;
