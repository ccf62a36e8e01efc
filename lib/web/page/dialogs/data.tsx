/// <reference lib="dom" />
/**
 * Shows a dialog in which the player exports all saved data to a file, or imports the data from
 * such a file.
 */
import { useState } from "preact/hooks";
import { exportSaves } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { Dialog } from "./dialog.tsx";
import { refusalText } from "../state/refusal_text.ts";
import { TaskState } from "./task_state.tsx";
import { useTask } from "./use_task.ts";

export function DataDialog() {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.data;
  const task = useTask("readExport");
  const [done, setDone] = useState("");
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setDone("");
    task.run({ text: await file.text() }, (saves) => {
      app.saving.import(saves);
      setDone(words.done(saves.games.length));
    });
  };
  const give = () => {
    app.saving.save();
    download("sudogan.json", exportSaves(app.saving.saves.value));
  };
  return (
    <Dialog title={words.title}>
      <p>{words.lead}</p>
      <button type="button" class="button primary" onClick={give}>{words.export}</button>
      <label>
        <span class="label">{words.import}</span>
        <input
          class="field"
          type="file"
          accept=".json,application/json"
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
      </label>
      {task.isRunning && (
        <TaskState text={texts.working} progress={task.progress} onStop={task.stop} />
      )}
      {task.error !== null && <p class="error" role="alert">{refusalText(task.error, texts)}</p>}
      <p role="status">{done}</p>
    </Dialog>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
