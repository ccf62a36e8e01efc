import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { GameError } from "../../../../lib/web/game/game_error.ts";
import type { Game } from "../../../../lib/web/game/play/game.ts";
import { newGame } from "../../../../lib/web/game/play/game.ts";
import { comesFrom } from "../../../../lib/web/game/play/lineage.ts";
import { defaultSettings } from "../../../../lib/web/game/saves/settings.ts";
import type { TextStorage } from "../../../../lib/web/game/saves/guarded_storage.ts";
import { Store } from "../../../../lib/web/game/saves/store.ts";
import { openGame } from "../../../../lib/web/game/saves/stored_game.ts";
import { after, gameOn, play, puzzles, solveAll, start } from "../games.ts";
import { assertValid } from "../valid_game.ts";
import { forbidden, MemoryStorage, SharedStorage } from "./storages.ts";

/** Functions that open storage in which nothing can be saved. */
const unusable: Readonly<Record<string, () => TextStorage>> = {
  "a forbidden storage": forbidden,
  "a missing storage": () => null as unknown as TextStorage,
  "a storage that can only be read": () =>
    Object.assign(new MemoryStorage(), { setItem: forbidden }),
};

Deno.test("saved data is present after a reload", () => {
  const storage = new MemoryStorage();
  const store = new Store(() => storage, "first");
  const game = store.save(play(gameOn(9), mark(1, 2), mark(4, 2), { type: "undo" }), after(30));
  store.set({ theme: "dark", level: "hard" });
  const reloaded = new Store(() => storage, "second");
  const [saved] = reloaded.games;
  const opened = openGame(saved);
  assertEquals(opened, { ...game, timer: { before: 30_000, since: null } });
  assertEquals(reloaded.settings, { ...defaultSettings, theme: "dark", level: "hard" });
  assertEquals(reloaded.saves, store.saves);
  assertEquals(store.state, "stored");
});

Deno.test("games are listed with the last saved first, and without removed ones", () => {
  const store = new Store(() => new MemoryStorage(), "a");
  const games = ["x", "y", "z"].map((id, index) =>
    store.save(newGame(puzzles[4], id, start), after(index))
  );
  assertEquals(store.games.map(({ id }) => id), ["z", "y", "x"]);
  store.remove(games[1], after(9));
  assertEquals(store.games.map(({ id }) => id), ["z", "x"]);
});

Deno.test("the result of a removed game stays", () => {
  const storage = new MemoryStorage();
  const store = new Store(() => storage, "a");
  const game = store.save(solveAll(gameOn(4)), after(20));
  store.remove(game, after(30));
  const { games, saves } = new Store(() => storage, "b");
  assertEquals([games.length, saves.results.length], [0, 1]);
});

Deno.test("full storage is reported, play continues, and everything is written once there is space", () => {
  const storage = new MemoryStorage(1200);
  const store = new Store(() => storage, "a");
  const games = Array.from({ length: 6 }, (_, index) => {
    const game = play(newGame(puzzles[9], `game-${index}`, start), mark(2, 4));
    return store.save(game, after(index));
  });
  assertEquals(store.state, "full");
  assertEquals(store.games.length, 6);
  assert(new Store(() => storage, "b").games.length < 6);
  // There is still space for a small entry such as the settings. A larger entry is written later.
  store.set({ theme: "dark" });
  assertEquals(store.state, "full");
  assertEquals(new Store(() => storage, "c").settings.theme, "dark");
  storage.room = Infinity;
  store.save(games[0], after(10));
  assertEquals(store.state, "stored");
  assertEquals(new Store(() => storage, "d").games.length, 6);
});

for (const [name, open] of Object.entries(unusable)) {
  Deno.test(`${name} is reported, and play continues in memory`, () => {
    const store = new Store(open, "a");
    assertEquals(store.games, []);
    const game = store.save(play(gameOn(4), mark(2, 1)), after(5));
    assertEquals(store.state, "forbidden");
    store.set({ language: "fr" });
    store.receive("sudogan/1/settings");
    assertEquals(store.state, "forbidden");
    assertEquals(openGame(store.games[0]).position, game.position);
    assertEquals(store.settings.language, "fr");
  });
}

Deno.test("forbidden storage is detected before anything is saved", () => {
  assertEquals(new Store(forbidden, "a").state, "forbidden");
});

Deno.test("storage that is unavailable for a while receives everything afterwards", () => {
  const storage = new MemoryStorage();
  let isRefused = true;
  const store = new Store(() => isRefused ? forbidden() : storage, "a");
  const game = store.save(play(gameOn(4), mark(2, 1)), after(5));
  isRefused = false;
  store.set({ theme: "dark" });
  assertEquals(store.state, "stored");
  const reloaded = new Store(() => storage, "b");
  assertEquals(openGame(reloaded.games[0]).position, game.position);
});

Deno.test("damaged entries are named, affect nothing else, and are copied to a different key", () => {
  const storage = new MemoryStorage();
  new Store(() => storage, "a").save(play(gameOn(4), mark(2, 1)), after(5));
  const good = storage.getItem("sudogan/1/game/a-game")!;
  const damaged: [key: string, text: string][] = [
    ["sudogan/1/results", "[{"],
    ["sudogan/1/settings", "7"],
    ["sudogan/1/game/other", good],
    ["sudogan/1/game/x", good.replaceAll("a-game", "x").replace('"cursor":0', '"cursor":"0"')],
  ];
  for (const [key, text] of damaged) storage.setItem(key, text);
  storage.setItem("another page's", "[{");
  const store = new Store(() => storage, "b");
  assertEquals(store.damaged.toSorted(), damaged.map(([key]) => key).sort());
  assertEquals(store.games.map(({ id }) => id), ["a-game"]);
  store.set({ theme: "dark" });
  assertEquals(storage.getItem("sudogan/damaged/settings"), "7");
  assertEquals(storage.getItem("sudogan/1/results"), "[{");
  assert(!store.damaged.includes("sudogan/1/settings"));
  assertEquals(storage.getItem("another page's"), "[{");
});

Deno.test("a tab takes over a game that a second tab continued", () => {
  const shared = new SharedStorage();
  const [first, second] = openTabs(shared, 2);
  const begun = first.save(gameOn(4), start);
  shared.deliver();
  const here = openGame(second.games[0]);
  assertEquals(second.newer(here), undefined);
  const there = first.save(play(begun, mark(2, 1)), after(5));
  shared.deliver();
  const newer = second.newer(here);
  assert(newer);
  assertEquals(openGame(newer).position, there.position);
  assertEquals([first.games.length, second.games.length], [1, 1]);
});

Deno.test("both games are kept if two tabs diverged", () => {
  const shared = new SharedStorage();
  const [first, second] = openTabs(shared, 2);
  const begun = first.save(gameOn(4), start);
  shared.deliver();
  const one = first.save(play(begun, mark(2, 1)), after(5));
  const other = second.save(
    play(openGame(second.games[0]), { type: "resume" }, mark(3, 4)),
    after(6),
  );
  shared.deliver();
  for (const store of [first, second]) {
    assertEquals(store.games.map((saved) => openGame(saved).position), [
      other.position,
      one.position,
    ]);
    assertEquals([store.newer(one), store.newer(other)], [undefined, undefined]);
  }
  // The two games now continue separately. When one game is removed, the other game remains.
  const later = first.save(play(one, mark(4, 2)), after(7));
  second.remove(other, after(8));
  shared.deliver();
  for (const store of [first, second]) {
    assertEquals(store.games.map((saved) => openGame(saved).position), [later.position]);
  }
});

Deno.test("if one tab saves twice from the same state, the later save counts", () => {
  for (const [earlier, later] of [[mark(2, 1), mark(3, 4)], [mark(3, 4), mark(2, 1)]]) {
    const storage = new MemoryStorage();
    const store = new Store(() => storage, "a");
    const game = store.save(gameOn(4), start);
    store.save(play(game, earlier), after(20));
    // The second save has an earlier time, as if the clock had been set back.
    const last = store.save(play(game, later), after(10));
    assertEquals(new Store(() => storage, "b").games.map((saved) => openGame(saved).position), [
      last.position,
    ]);
  }
});

Deno.test("a game that is played in one tab while a second one removes it is not lost", () => {
  const shared = new SharedStorage();
  const [first, second] = openTabs(shared, 2);
  const begun = first.save(gameOn(4), start);
  shared.deliver();
  second.remove(second.games[0], after(3));
  const played = first.save(play(begun, mark(2, 1)), after(3));
  shared.deliver();
  assertEquals(second.games.map((saved) => openGame(saved).position), [played.position]);
});

Deno.test("hostile strings in the storage are named, or contain games that open or are refused", () => {
  const good = new MemoryStorage();
  const before = new Store(() => good, "a");
  before.save(play(gameOn(4), mark(2, 1), { type: "undo" }), after(5));
  before.set({ theme: "dark" });
  const keys = [...good.texts.keys()];
  fc.assert(
    fc.property(
      fc.constantFrom(...keys),
      fc.nat(),
      fc.nat({ max: 4 }),
      fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom("1", "9", "null", "[]", "{}", "-1")),
      (key, at, cut, put) => {
        const storage = new MemoryStorage();
        for (const [name, text] of good.texts) storage.setItem(name, text);
        const text = storage.getItem(key)!;
        const from = at % text.length;
        storage.setItem(key, text.slice(0, from) + put + text.slice(from + cut));
        const store = new Store(() => storage, "b");
        for (const saved of store.games) refusedOr(() => assertValid(openGame(saved)));
        store.save(newGame(puzzles[4], "another", start), start);
        assertEquals(store.state, "stored");
      },
    ),
    { numRuns: 2000 },
  );
});

Deno.test("a cleared storage is empty for every tab, and accepts the open game again", () => {
  const storage = new MemoryStorage();
  const store = new Store(() => storage, "a");
  const game = store.save(gameOn(4), start);
  storage.texts.clear();
  store.receive(null);
  assertEquals(store.games, []);
  store.save(game, after(1));
  assertEquals(new Store(() => storage, "b").games.length, 1);
});

Deno.test("a game that found no space before the storage was cleared leaves nothing there", () => {
  const storage = new MemoryStorage(0);
  const store = new Store(() => storage, "a");
  store.save(gameOn(4), start);
  storage.room = Infinity;
  store.receive(null);
  store.set({ theme: "dark" });
  assertEquals([...storage.texts.keys()], ["sudogan/1/settings"]);
});

Deno.test("nothing is lost and all tabs become equal, whatever they do at the same time", () => {
  const tabs = 3;
  const deed = fc.record({
    tab: fc.nat({ max: tabs - 1 }),
    deed: fc.constantFrom("new", "play", "play", "play", "remove", "set", "adopt", "deliver"),
    which: fc.nat({ max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
      const shared = new SharedStorage();
      const stores = openTabs(shared, tabs);
      const open: Game[][] = stores.map(() => []);
      const done: Game[] = [];
      deeds.forEach(({ tab, deed, which }, index) => {
        const [store, games] = [stores[tab], open[tab]];
        const at = which % Math.max(1, games.length);
        const save = (game: Game) => {
          const saved = store.save(game, after(index));
          done.push(saved);
          return saved;
        };
        if (deed === "new") games.push(save(newGame(puzzles[4], `game-${which}`, start)));
        else if (deed === "deliver") shared.deliver(which);
        else if (deed === "set") store.set(which % 2 ? { theme: "dark" } : { level: "hard" });
        else if (deed === "adopt") open[tab] = store.games.map(openGame);
        else if (games.length > 0 && deed === "play") {
          games[at] = save(play(games[at], { type: "resume" }, mark(index % 4 + 1, 1)));
        } else if (games.length > 0 && deed === "remove") {
          store.remove(games[at], after(index));
          games.splice(at, 1);
        }
      });
      shared.deliver();
      for (const store of stores) assertEquals(store.saves, stores[0].saves);
      for (const texts of shared.texts) assertEquals(texts, shared.texts[0]);
      const { games } = stores[0].saves;
      for (const { id, lineage } of done) {
        assert(games.some((state) => state.id === id && comesFrom(state.lineage, lineage)));
      }
      // A tab finds its last save of a game, unless a second tab continued the game from there.
      for (const { id, lineage, position } of open.flat()) {
        const same = games.find((state) => state.id === id && comesFrom(lineage, state.lineage));
        if (same?.game) assertEquals(openGame(same).position, position);
      }
    }),
    { numRuns: 300 },
  );
});

function refusedOr(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof GameError)) throw error;
  }
}

function openTabs(shared: SharedStorage, count: number): Store[] {
  return Array.from(
    { length: count },
    (_, tab) => shared.open((storage) => new Store(storage, `tab-${tab}`)),
  );
}

function mark(digit: number, cell: number) {
  return { type: "enter", as: "corner", digit, cells: [cell] } as const;
}
