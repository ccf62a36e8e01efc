/** Tests what happens if the same game is played in several tabs. */
import { assertEquals } from "@std/assert";
import { type Action, linkToPuzzle, type PuzzleRating } from "../../lib/web/game/mod.ts";
import { firstGame } from "../../lib/web/page/state/first_game.ts";
import { smallPuzzle } from "../support/web/board.ts";
import {
  boardsOf,
  enter,
  firstTab,
  holdTimers,
  openTab,
  settled,
  start,
} from "../support/web/tabs.ts";
import { MemoryStorage } from "./game/saves/storages.ts";

const rating: PuzzleRating = { level: "easy", value: 1.2, hardest: null };

Deno.test("a rating that comes late neither parts two tabs nor is lost", async () => {
  using timers = holdTimers();
  const { shared, first, open } = await firstTab(timers);
  const second = await open();
  first.answer({ rating });
  await settled();
  timers.fire();
  enter(second, 2, 3);
  timers.fire();
  shared.deliver();
  assertEquals(boardsOf(first, second), ["1230", "1230"]);
  enter(first, 3, 4);
  timers.fire();
  shared.deliver();
  assertEquals(boardsOf(first, second), ["1234", "1234"]);
  assertEquals(second.app.game.value?.puzzle.rating, rating);
  assertEquals(second.app.saving.games().length, 1);
});

Deno.test("two visible tabs do not save in turn because their clocks run", async () => {
  using timers = holdTimers();
  const { shared, first, open } = await firstTab(timers);
  const second = await open();
  for (let round = 0; round < 3; round++) {
    timers.fire();
    shared.deliver();
  }
  assertEquals(timers.count, 0);
  const lineages = [first, second].map(({ app }) => app.game.value?.lineage);
  assertEquals(lineages[0], lineages[1]);
  for (const { app } of [first, second]) assertEquals(app.game.value?.timer.since, start);
});

for (const [name, actions] of Object.entries(ownChanges())) {
  Deno.test(`an unsaved change stays in the game if a second tab ${name}`, async () => {
    using timers = holdTimers();
    const { shared, first, open } = await firstTab(timers);
    const second = await open();
    enter(first, 3, 4);
    for (const action of actions) second.app.act(action);
    second.app.saving.save();
    shared.deliver();
    timers.fire();
    shared.deliver();
    assertEquals(boardsOf(first, second), ["1204", "1204"]);
    assertEquals(first.app.saving.games().length, 1);
  });
}

Deno.test("a tab that is closed before it hears of another tab's change keeps one game", async () => {
  using timers = holdTimers();
  const storage = new MemoryStorage();
  const [first, second] = ["one", "two"].map((name) => openTab(() => storage, name));
  await firstGame(first.app, `#${linkToPuzzle(smallPuzzle)}`);
  timers.fire();
  second.receive([...storage.texts.keys()][0]);
  await firstGame(second.app, "");
  enter(second, 1, 2);
  second.app.saving.save();
  first.app.act({ type: "pause" });
  first.app.saving.save();
  assertEquals(boardsOf(first, second), ["1200", "1200"]);
  assertEquals(first.app.saving.games().length, 1);
});

Deno.test("both games are kept if the player changes a game in two tabs at once", async () => {
  using timers = holdTimers();
  const { shared, first, open } = await firstTab(timers);
  const second = await open();
  timers.fire();
  shared.deliver();
  enter(first, 2, 3);
  enter(second, 3, 4);
  timers.fire();
  shared.deliver();
  assertEquals(boardsOf(first, second), ["1230", "1204"]);
  for (const { app } of [first, second]) assertEquals(app.saving.games().length, 2);
});

/**
 * Maps each situation to the actions that a tab carries out in it, although the player has not
 * changed the game in that tab.
 */
function ownChanges(): Readonly<Record<string, readonly Action[]>> {
  return {
    "opens it": [],
    "is closed": [{ type: "pause" }],
    "rates it": [{ type: "rate", rating }],
  };
}
