/** Shows the game's clock and the button that pauses or resumes the game. */
import { useEffect, useState } from "preact/hooks";
import { elapsed, type Game, isFinished, isPaused } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { clockTime } from "../state/clock_time.ts";
import { keepFocus } from "./keep_focus.ts";
import { steady } from "./steady.tsx";

export function GameClock() {
  const game = useApp().game.value!;
  return <Clock timer={game.timer} isPaused={isPaused(game)} isFinished={isFinished(game)} />;
}

interface ClockProps {
  readonly timer: Game["timer"];
  readonly isPaused: boolean;
  readonly isFinished: boolean;
}

const Clock = steady(({ timer, isPaused, isFinished }: ClockProps) => {
  const app = useApp();
  const { action, time } = app.texts.value;
  const [, tick] = useState(0);
  const isRunning = timer.since !== null;
  useEffect(() => {
    if (!isRunning) return;
    const interval = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(interval);
  }, [isRunning]);
  return (
    <>
      {app.settings.value.showTimer && (
        <span class="timer" role="timer" aria-label={time} aria-live="off">
          {clockTime(elapsed(timer, app.now().getTime()))}
        </span>
      )}
      {!isFinished && (
        <button
          type="button"
          class="button bare"
          {...keepFocus}
          onClick={() => app.act({ type: isPaused ? "resume" : "pause" })}
        >
          {isPaused ? action.resume : action.pause}
        </button>
      )}
    </>
  );
});
