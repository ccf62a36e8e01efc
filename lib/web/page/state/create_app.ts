/** Makes the state of the page from what the browser offers. */
import { computed, type Signal, signal } from "@preact/signals";
import {
  type Action,
  type Game,
  momentOf,
  newGame,
  type PlayedPuzzle,
  reduce,
  type TaskClient,
} from "../../game/mod.ts";
import { textsOf } from "../texts.ts";
import { announce } from "./announce.ts";
import type { App, DialogName } from "./app.ts";
import { createHintState } from "./hint_state.ts";
import { keepSettings, readSettings, type SettingsStore } from "./settings.ts";
import { puzzleName } from "./puzzle_name.ts";

/** What the page needs from outside. */
export interface AppPorts {
  readonly worker: TaskClient;
  readonly store: SettingsStore;
  /** The player's languages, the preferred one first. */
  readonly languages: readonly string[];
  readonly now: () => Date;
  /** A text that no other game has. */
  readonly newId: () => string;
}

/** Actions that only look, or touch what a hint says nothing about. */
const keepsHint = new Set<Action["type"]>(["select", "move", "highlight", "countHint", "rate"]);

/** Makes the state of the page, with no game on the board. */
export function createApp({ worker, store, languages, now, newId }: AppPorts): App {
  const game: Signal<Game | null> = signal(null);
  const settings = signal(readSettings(store, languages));
  const texts = computed(() => textsOf[settings.value.language]);
  const said = signal("");
  const notice = signal("");
  const say = (text: string) => {
    // A reader says a text again only if it differs: an unseen space makes it so.
    if (text !== "") said.value = text === said.value ? `${text}\u00a0` : text;
  };
  const act = (action: Action) => {
    const before = game.value;
    if (before === null) return;
    const after = reduce(before, action, momentOf(now()));
    if (after === before) return;
    if (!keepsHint.has(action.type)) hint.hide();
    game.value = after;
    say(announce(action, before, after, texts.value));
  };
  const play = (next: Game) => {
    hint.hide();
    game.value = next;
    say(texts.value.said.newGame(puzzleName(next.puzzle, texts.value)));
  };
  const hint = createHintState({
    game,
    worker,
    onTaken: () => act({ type: "countHint" }),
    onFailed: (error) => say(texts.value.said.failed(String(error))),
  });
  return {
    ...{ game, settings, texts, said, notice, hint, worker, act, play, say, now },
    layer: signal("value"),
    dialog: signal<DialogName | null>(null),
    isWriting: signal(false),
    printed: signal(null),
    start: (puzzle: PlayedPuzzle) => play(newGame(puzzle, newId(), momentOf(now()))),
    newSeed: () => newId().slice(0, 6),
    set(change) {
      settings.value = { ...settings.value, ...change };
      keepSettings(store, settings.value);
    },
  };
}
