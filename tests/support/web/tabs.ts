/** Opens tabs that share the same storage. The test decides when timers fire and workers answer. */
import {
  type Action,
  linkToPuzzle,
  type PuzzleRating,
  Store,
  TaskClient,
  type TextStorage,
} from "../../../lib/web/game/mod.ts";
import { NetworkClient } from "../../../lib/web/page/networks/network_client.ts";
import type { App } from "../../../lib/web/page/state/app.ts";
import { createApp } from "../../../lib/web/page/state/create_app.ts";
import { firstGame } from "../../../lib/web/page/state/first_game.ts";
import { SharedStorage } from "../../web/game/saves/storages.ts";
import { smallPuzzle } from "./board.ts";

/** The time that every tab's clock shows. */
export const start = Date.UTC(2026, 10, 26, 12);

export interface Tab {
  readonly app: App;
  receive(key: string | null): void;
  /** Answers the task that the worker was given. */
  answer(answer: { readonly rating: PuzzleRating }): void;
}

/** Opens a tab with a saved game: 1 is a clue, and the player has entered 2. */
export async function firstTab(timers: Timers) {
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

export function openTab(storage: () => TextStorage, name: string): Tab {
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

export function enter({ app }: Tab, cell: number, digit: number): void {
  const action: Action = { type: "enter", as: "value", digit, cells: [cell] };
  app.act(action);
}

/** Returns the first row of each tab's board. */
export function boardsOf(...tabs: readonly Tab[]): string[] {
  return tabs.map(({ app }) => app.game.value!.position.values.slice(0, 4).join(""));
}

/** Waits until the callbacks of fulfilled promises have run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
}

export interface Timers extends Disposable {
  /** The number of pending timers. */
  readonly count: number;
  /** Calls the callbacks of all pending timers. */
  fire(): void;
}

/** Holds all timers back until the test fires them. */
export function holdTimers(): Timers {
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
