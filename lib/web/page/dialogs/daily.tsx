/**
 * Shows a dialog with the daily puzzles. Its calendar shows one month, and marks the days whose
 * puzzle the player has solved.
 */
import { useState } from "preact/hooks";
import { type Level, levels } from "../../../sudoku/mod.ts";
import { momentOf, solvedDays, streakOf } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { playDaily } from "../state/play_daily.ts";
import { Choices } from "./choices.tsx";
import { Dialog } from "./dialog.tsx";
import { MonthGrid } from "./month_grid.tsx";
import { refusalText } from "../state/refusal_text.ts";
import { TaskState } from "./task_state.tsx";
import { useTask } from "./use_task.ts";

export function Daily() {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.daily;
  const today = momentOf(app.now()).date;
  const [level, setLevel] = useState<Level>("easy");
  const [month, setMonth] = useState(today.slice(0, "2026-11".length));
  const task = useTask("daily");
  const { results } = app.saving.saves.value;
  const { current, longest } = streakOf(results, today);
  const play = (date: string) => {
    if (playDaily(app, date, level)) return;
    task.run({ date, level }, (puzzle) => {
      app.start(puzzle);
      app.dialog.value = null;
    });
  };
  return (
    <Dialog title={words.title}>
      <p>{words.lead}</p>
      <p class="soft">{`${words.streak(current)} · ${words.best(longest)}`}</p>
      <Choices
        legend={texts.newGame.level}
        name="daily-level"
        value={level}
        options={levels.map(({ name }) => [name, texts.level[name]] as const)}
        onChoose={setLevel}
      />
      <MonthGrid
        month={month}
        today={today}
        solved={new Set(solvedDays(results))}
        onMonth={setMonth}
        onDay={play}
      />
      {task.error !== null && <p class="error" role="alert">{refusalText(task.error, texts)}</p>}
      {task.isRunning && (
        <TaskState
          text={texts.newGame.making}
          progress={task.progress}
          detail={texts.newGame.tried(task.done)}
          onStop={task.stop}
        />
      )}
    </Dialog>
  );
}
