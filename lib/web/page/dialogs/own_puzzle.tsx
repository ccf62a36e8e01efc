/**
 * Shows a dialog in which the player types or pastes a puzzle. The puzzle must have exactly one
 * solution.
 */
import { useState } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { Dialog } from "./dialog.tsx";
import { refusalText } from "../state/refusal_text.ts";
import { TaskState } from "./task_state.tsx";
import { useTask } from "./use_task.ts";

export function OwnPuzzle() {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.own;
  const [text, setText] = useState("");
  const task = useTask("read");
  const check = (event: Event) => {
    event.preventDefault();
    task.run({ text }, (puzzle) => {
      app.start(puzzle);
      app.dialog.value = null;
    });
  };
  return (
    <Dialog title={words.title}>
      <form class="form" onSubmit={check}>
        <p>{words.lead}</p>
        <label>
          <span class="label">{words.label}</span>
          <textarea
            class="field"
            rows={9}
            spellcheck={false}
            autocomplete="off"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        {task.error !== null && <p class="error" role="alert">{refusalText(task.error, texts)}</p>}
        {task.isRunning
          ? <TaskState text={texts.working} progress={task.progress} onStop={task.stop} />
          : <button type="submit" class="button primary">{words.check}</button>}
      </form>
    </Dialog>
  );
}
