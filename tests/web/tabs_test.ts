/** Tests tabs that play the same game. Each test decides when timers fire and workers answer. */
import { assertEquals } from "@std/assert";
import { linkToPuzzle, Store, TaskClient } from "../../lib/web/game/mod.ts";
import type { Action, PuzzleRating, TextStorage } from "../../lib/web/game/mod.ts";
import { NetworkClient } from "../../lib/web/page/networks/network_client.ts";
import type { App } from "../../lib/web/page/state/app.ts";
import { createApp } from "../../lib/web/page/state/create_app.ts";
import { firstGame } from "../../lib/web/page/state/first_game.ts";
import { smallPuzzle } from "../support/web/board.ts";
import { MemoryStorage, SharedStorage } from "./game/saves/storages.ts";

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
  Deno.test(`a change stays in the game if a second tab ${name} before it is saved`, async () => {
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

/** What a tab saves although the player has not changed the game there. */
function ownChanges(): Readonly<Record<string, readonly Action[]>> {
  return {
    "opens it": [],
    "is closed": [{ type: "pause" }],
    "rates it": [{ type: "rate", rating }],
  };
}

/** The time by each tab's clock. */
const start = Date.UTC(2026, 10, 26, 12);

interface Tab {
  readonly app: App;
  receive(key: string | null): void;
  /** Answers the task that the worker was given. */
  answer(answer: { readonly rating: PuzzleRating }): void;
}

/** Opens a tab with a saved game: 1 is a clue, and the player has entered 2. */
async function firstTab(timers: Timers) {
  const shared = new SharedStorage();
  let tabs = 0;
  const open = async (fragment = "") => {
    const name = `tab-${++tabs}`;
    const tab = shared.open((storage) => openTab(storage, name));
    await firstGame(tab.app, fragment);
    return tab;
  };
  const first = await open(`#${linkToPuzzle(smallPuzzle)}`);
  enter(first, 1, 2);
  timers.fire();
  shared.deliver();
  return { shared, first, open };
}

function openTab(storage: () => TextStorage, name: string): Tab {
  let heard: (event: { data: unknown }) => void;
  let asked = 0;
  const worker = new TaskClient(() => ({
    postMessage: (message) => asked = (message as { id: number }).id,
    addEventListener(type: string, listener: (event: never) => void) {
      if (type === "message") heard = listener as typeof heard;
    },
    terminate() {},
  }));
  const app = createApp({
    worker,
    racers: [],
    networks: new NetworkClient(
      {
        start: () => Promise.reject(new Error("No networks here.")),
        loadFiles: () => Promise.reject(new Error("No networks here.")),
      } as unknown as ConstructorParameters<typeof NetworkClient>[0],
    ),
    store: new Store(storage, name),
    languages: ["en"],
    now: () => new Date(start),
    newId: () => `${name}-game`,
    focusBoard() {},
  });
  return {
    app,
    receive: (key) => void app.saving.receive(key),
    answer: ({ rating }) => heard({ data: { id: asked, kind: "answer", answer: rating } }),
  };
}

function enter({ app }: Tab, cell: number, digit: number): void {
  const action: Action = { type: "enter", as: "value", digit, cells: [cell] };
  app.act(action);
}

/** Returns the first row of each tab's board. */
function boardsOf(...tabs: readonly Tab[]): string[] {
  return tabs.map(({ app }) => app.game.value!.position.values.slice(0, 4).join(""));
}

/** Waits until promises that are fulfilled have called their listeners. */
function settled(): Promise<void> {
  return new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
}

interface Timers extends Disposable {
  /** The number of waiting timers. */
  readonly count: number;
  /** Calls the functions of all waiting timers. */
  fire(): void;
}

/** Holds all timers back until the test fires them. */
function holdTimers(): Timers {
  const { setTimeout, clearTimeout } = globalThis;
  const waiting = new Map<number, () => void>();
  let last = 0;
  Object.assign(globalThis, {
    setTimeout: (call: () => void) => (waiting.set(++last, call), last),
    clearTimeout: (id: number) => waiting.delete(id),
  });
  return {
    get count() {
      return waiting.size;
    },
    fire() {
      const calls = [...waiting.values()];
      waiting.clear();
      for (const call of calls) call();
    },
    [Symbol.dispose]: () => void Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
}
