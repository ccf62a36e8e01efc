import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  comesFrom,
  extended,
  type Lineage,
  MOST_RUNS,
  revisionOf,
} from "../../../../lib/web/game/play/lineage.ts";
import { mergeResults } from "../../../../lib/web/game/saves/results.ts";
import { mergeSaves, noSaves, type Saves } from "../../../../lib/web/game/saves/saves.ts";
import { MOST_RESULTS, type Result } from "../../../../lib/web/game/saves/schema.ts";
import {
  defaultSettings,
  mergeSettings,
  type SavedSettings,
  type Settings,
  settingsOf,
  withSettings,
} from "../../../../lib/web/game/saves/settings.ts";

/**
 * Generates lineages like those that tabs create. A lineage is a list of runs, each of which
 * consists of consecutive saves by the same writer. Each run has a higher number than the previous
 * run, and a different writer.
 */
const anyLineage = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.integer({ min: 1, max: 2 })), {
  minLength: 1,
  maxLength: 4,
}).map((saves) =>
  saves.reduce<Lineage>((lineage, [writer, count]) =>
    Array.from({ length: count }).reduce<Lineage>(
      (before) => extended(before, "abc"[writer]),
      lineage,
    ), [])
);

const anyResult: fc.Arbitrary<Result> = fc.record({
  id: fc.constantFrom("x", "y", "z"),
  size: fc.constantFrom(4, 9),
  level: fc.constantFrom("easy", "hard", null),
  daily: fc.constantFrom("2026-11-25", "2026-11-26", null),
  startedOn: fc.constantFrom("2026-11-25", "2026-11-26"),
  finishedOn: fc.constantFrom("2026-11-26", "2026-11-27", null),
  time: fc.nat({ max: 3 }),
  hintsTaken: fc.nat({ max: 1 }),
});

const anySettings: fc.Arbitrary<SavedSettings> = fc.array(
  fc.tuple(
    fc.constantFrom<Partial<Settings>>(
      { theme: "dark" },
      { theme: "light" },
      { size: 4, level: "hard" },
      { showTimer: false },
    ),
    fc.constantFrom("a", "b"),
  ),
  { maxLength: 5 },
).map((changes) =>
  changes.reduce<SavedSettings>(
    (saved, [values, writer]) => withSettings(saved, values, writer),
    {},
  )
);

const anySaves: fc.Arbitrary<Saves> = fc.record({
  games: fc.array(fc.record({
    id: fc.constantFrom("x", "y"),
    lineage: anyLineage,
    savedAt: fc.nat({ max: 2 }),
    game: fc.constant(null),
  })),
  settings: anySettings,
  results: fc.array(anyResult),
});

Deno.test("merging does not depend on order or repetition", () => {
  fc.assert(fc.property(anySaves, anySaves, anySaves, (a, b, c) => {
    const ab = mergeSaves(a, b);
    assertEquals(mergeSaves(b, a), ab);
    assertEquals(mergeSaves(ab, c), mergeSaves(a, mergeSaves(b, c)));
    assertEquals(mergeSaves(ab, a), ab);
    assertEquals(JSON.stringify(mergeSaves(b, a)), JSON.stringify(ab));
  }));
});

Deno.test("of each game, only the states remain from which no other state was derived", () => {
  fc.assert(fc.property(anySaves, anySaves, (a, b) => {
    const { games } = mergeSaves(a, b);
    for (const state of [...a.games, ...b.games]) {
      const later = games.filter(({ id, lineage }) =>
        id === state.id && comesFrom(lineage, state.lineage)
      );
      assert(later.length > 0);
    }
    games.forEach((state, index) =>
      games.forEach((other, at) =>
        assert(
          index === at || state.id !== other.id || !comesFrom(other.lineage, state.lineage),
        )
      )
    );
  }));
});

Deno.test("lineages distinguish earlier, later and diverged states", () => {
  const cases: [later: Lineage, earlier: Lineage, comes: boolean][] = [
    [[["a", 3]], [], true],
    [[], [["a", 3]], false],
    [[["a", 3]], [["a", 3]], true],
    [[["a", 3]], [["a", 2]], true],
    [[["a", 2]], [["a", 3]], false],
    [[["a", 3], ["b", 5]], [["a", 3]], true],
    [[["a", 3], ["b", 5]], [["a", 2]], true],
    [[["a", 3], ["b", 5]], [["a", 4]], false],
    [[["a", 3], ["b", 5]], [["a", 2], ["b", 4]], false],
    [[["a", 3], ["b", 5]], [["b", 3]], false],
    [[["a", 3], ["b", 5], ["a", 6]], [["a", 3], ["b", 4]], true],
  ];
  for (const [later, earlier, comes] of cases) {
    assertEquals(comesFrom(later, earlier), comes, `${later} from ${earlier}`);
  }
});

Deno.test("a long lineage is shortened, and its recent states still count as its ancestors", () => {
  let lineage: Lineage = [];
  let before: Lineage = [];
  for (let round = 0; round < 5 * MOST_RUNS; round++) {
    before = lineage;
    lineage = extended(lineage, `tab-${round}`);
    assert(lineage.length <= MOST_RUNS);
    assertEquals(revisionOf(lineage), round + 1);
  }
  assert(comesFrom(lineage, before));
});

Deno.test("of one game's results the finished one remains, then the longer one", () => {
  const result: Result = {
    id: "x",
    size: 9,
    level: "easy",
    daily: null,
    startedOn: "2026-11-26",
    finishedOn: null,
    time: 5,
    hintsTaken: 0,
  };
  const longer = { ...result, time: 9 };
  const finished = { ...result, time: 7, finishedOn: "2026-11-26" };
  assertEquals(mergeResults([result], [longer]), [longer]);
  assertEquals(mergeResults([longer, finished], [result]), [finished]);
});

Deno.test("of very many results the newest are kept", () => {
  const results = Array.from({ length: MOST_RESULTS + 10 }, (_, index): Result => ({
    id: `game-${index}`,
    size: 9,
    level: "easy",
    daily: null,
    startedOn: new Date(index * 86_400_000).toISOString().slice(0, 10),
    finishedOn: null,
    time: 1,
    hintsTaken: 0,
  }));
  const merged = mergeResults(results.slice(0, 100), results.slice(50));
  assertEquals(merged.length, MOST_RESULTS);
  assertEquals(merged[0].id, `game-${MOST_RESULTS + 9}`);
  assert(!merged.some(({ id }) => id === "game-9"));
});

Deno.test("settings changed in two tabs are both kept, and if both change the same one, the later change wins", () => {
  const begun = withSettings({}, { theme: "dark", size: 6 }, "a");
  const one = withSettings(begun, { theme: "light" }, "a");
  const other = withSettings(begun, { language: "fr" }, "b");
  const both = settingsOf(mergeSettings(one, other));
  assertEquals(both, { ...defaultSettings, theme: "light", language: "fr", size: 6 });
});

Deno.test("an invalid value never enters the settings", () => {
  const odd = { theme: "pink", size: 5, showTimer: "yes", toString: "x" } as unknown;
  assertEquals(withSettings({}, odd as Partial<Settings>, "a"), {});
  assertEquals(mergeSaves(noSaves, noSaves), noSaves);
});
