/**
 * Creates the state of the page. The state uses browser services, such as workers and storage.
 */
import { computed, type Signal, signal } from "@preact/signals";
import {
  type Action,
  type Game,
  type Moment,
  momentOf,
  newGame,
  type PlayedPuzzle,
  reduce,
  type TaskClient,
} from "../../game/mod.ts";
import type { Store } from "../../game/mod.ts";
import type { Settings } from "../../game/mod.ts";
import type { NetworkClient } from "../networks/network_client.ts";
import { pickLanguage, textsOf } from "../texts.ts";
import { announce } from "./announce.ts";
import type { App, DialogName } from "./app.ts";
import { createHintState } from "./hint_state.ts";
import { puzzleName } from "./puzzle_name.ts";
import { refusalText } from "./refusal_text.ts";
import { createSaving } from "./saving.ts";

/** The services that the state of the page uses. */
export interface AppPorts {
  readonly worker: TaskClient;
  readonly racers: readonly TaskClient[];
  readonly networks: NetworkClient;
  readonly store: Store;
  /** The player's languages. The preferred language comes first. */
  readonly languages: readonly string[];
  readonly now: () => Date;
  /** Returns a unique id. */
  readonly newId: () => string;
  /** Moves the focus to the board. */
  readonly focusBoard: () => void;
}

/** The actions after which a hint is still valid. They change neither values nor notes. */
const keepsHint = new Set<Action["type"]>(["select", "move", "highlight", "countHint", "rate"]);

/** Creates the state of the page. At first, there is no game on the board. */
export function createApp(
  { worker, racers, networks, store, languages, now, newId, focusBoard }: AppPorts,
): App {
  const game: Signal<Game | null> = signal(null);
  const saving = createSaving({ store, game, now });
  const { settings } = saving;
  const language = computed(() =>
    settings.value.language === "system" ? pickLanguage(languages) : settings.value.language
  );
  const texts = computed(() => textsOf[language.value]);
  const said = signal("");
  const refused = signal("");
  const say = (text: string) => {
    // A screen reader announces a text only if the text has changed. If the new text is the same as
    // the current one, a no-break space is appended to it, so that it counts as changed.
    if (text !== "") said.value = text === said.value ? `${text}\u00a0` : text;
  };
  const act = (action: Action) => {
    const before = game.value;
    if (before === null) return;
    const after = reduce(before, action, momentOf(now()));
    if (after === before) return;
    if (!keepsHint.has(action.type)) {
      hint.hide();
      refused.value = "";
    }
    game.value = after;
    // The rating is saved with the next change. It may come late, when a second tab has the game.
    if (action.type !== "rate") saving.saveSoon();
    say(announce(action, before, after, texts.value));
  };
  const play = (next: Game) => {
    saving.leave(next);
    hint.hide();
    game.value = reduce(next, { type: "resume" }, momentOf(now()));
    saving.saveSoon();
    focusBoard();
    say(texts.value.said.newGame(puzzleName(next.puzzle, texts.value)));
  };
  const hint = createHintState({
    game,
    worker,
    onTaken: () => act({ type: "countHint" }),
    onFailed: (error) => say(texts.value.said.failed(String(error))),
  });
  /** Rates the puzzle on the board. The player's own puzzles and shared ones have no rating yet. */
  const rateGame = async () => {
    const { id, puzzle } = game.value!;
    const { size, givens } = puzzle;
    const rating = await worker.ask("rate", { size, givens });
    if (game.value?.id === id) act({ type: "rate", rating });
  };
  const startGame = (next: Game) => {
    play(next);
    if (next.puzzle.rating === null) void rateGame();
  };
  return {
    ...{
      game,
      settings,
      language,
      texts,
      said,
      refused,
      saving,
      hint,
      worker,
      racers,
      networks,
      act,
      play,
      say,
      now,
    },
    layer: signal("value"),
    dialog: signal<DialogName | null>(null),
    isWriting: signal(false),
    unsure: signal(null),
    printed: signal(null),
    ...{ startGame, newId },
    start: (puzzle: PlayedPuzzle) =>
      startGame(startedGame(puzzle, newId(), settings.value, momentOf(now()))),
    refuse(error) {
      refused.value = refusalText(error, texts.value);
    },
    newSeed: () => newId().slice(0, 6),
    focusBoard,
  };
}

function startedGame(
  puzzle: PlayedPuzzle,
  id: string,
  { autoNotes }: Settings,
  now: Moment,
): Game {
  const game = newGame(puzzle, id, now);
  return autoNotes ? { ...reduce(game, { type: "autoNotes", on: true }, now), past: [] } : game;
}
