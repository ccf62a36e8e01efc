/**
 * Keeps track of the current hint, and of how much of the hint is visible. At first, the hint shows
 * only where to look. Then it adds the name of the technique, and finally the step itself.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Game, type HintAnswer, hintQuestion, type TaskClient } from "../../game/mod.ts";

/**
 * The visible part of a hint: 1 for the place, 2 for the place and the technique, and 3 for the
 * whole hint.
 */
export type HintDepth = 1 | 2 | 3;

export interface ShownHint {
  readonly answer: HintAnswer;
  readonly depth: HintDepth;
}

export interface HintState {
  readonly shown: ReadonlySignal<ShownHint | null>;
  readonly isAsking: ReadonlySignal<boolean>;
  /** Requests a hint. If a hint is already visible, shows its next part instead. */
  more(): void;
  /** Removes the hint from the board. */
  hide(): void;
}

/** The parts of the page that the hints use. */
export interface HintPorts {
  readonly game: ReadonlySignal<Game | null>;
  readonly worker: TaskClient;
  /** Called once for each hint that the player gets. */
  readonly onTaken: () => void;
  readonly onFailed: (error: unknown) => void;
}

/** Creates the hint state. At first, there is no hint. */
export function createHintState({ game, worker, onTaken, onFailed }: HintPorts): HintState {
  const shown: Signal<ShownHint | null> = signal(null);
  const isAsking = signal(false);
  let stopper = new AbortController();
  const ask = async (asked: Game) => {
    isAsking.value = true;
    const { signal: stop } = stopper = new AbortController();
    try {
      const answer = await worker.ask("hint", hintQuestion(asked), { signal: stop });
      onTaken();
      shown.value = { answer, depth: 1 };
    } catch (error) {
      if (!stop.aborted) onFailed(error);
    } finally {
      if (stopper.signal === stop) isAsking.value = false;
    }
  };
  return {
    shown,
    isAsking,
    more() {
      const hint = shown.value;
      if (hint !== null && hint.depth < 3) {
        shown.value = { ...hint, depth: hint.depth + 1 as HintDepth };
      } else if (hint === null && !isAsking.value && game.value !== null) void ask(game.value);
    },
    hide() {
      stopper.abort();
      isAsking.value = false;
      shown.value = null;
    },
  };
}
