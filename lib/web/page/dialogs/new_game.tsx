/**
 * Shows a dialog in which the player chooses a level, a board size and a seed, and then starts a
 * new game.
 */
import { useState } from "preact/hooks";
import { type Level, type Size, sizes } from "../../../sudoku/mod.ts";
import { askFirst, levelsOn } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { Choices } from "./choices.tsx";
import { Dialog } from "./dialog.tsx";
import { refusalText } from "../state/refusal_text.ts";
import { TaskState } from "./task_state.tsx";
import { useTask } from "./use_task.ts";

export function NewGame() {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.newGame;
  const last = app.game.value?.puzzle;
  const lastLevel = last && "level" in last.origin ? last.origin.level : "easy";
  const [level, setLevel] = useState<Level>(lastLevel);
  const [size, setSize] = useState<Size>(last?.size ?? 9);
  const [suggested] = useState(() => app.newSeed());
  const [seed, setSeed] = useState(suggested);
  // If the player has not chosen a seed, then any seed will do. So several workers try different
  // seeds, and the first puzzle that is found is used.
  const task = useTask("generate", (ask, options) => {
    if (ask.seed !== suggested) return app.worker.ask("generate", ask, options);
    const others = app.racers.map(() => ({ ...ask, seed: app.newSeed() }));
    return askFirst([app.worker, ...app.racers], "generate", [ask, ...others], options);
  });
  const offered = levelsOn(size);
  const start = (event: Event) => {
    event.preventDefault();
    const asked = offered.includes(level) ? level : offered[0];
    task.run({ size, level: asked, seed: seed.trim() || app.newSeed() }, (puzzle) => {
      app.saving.set({ size, level: asked });
      app.start(puzzle);
      app.dialog.value = null;
    });
  };
  return (
    <Dialog title={words.title}>
      <form class="form" onSubmit={start}>
        <Choices
          legend={words.level}
          name="level"
          value={offered.includes(level) ? level : offered[0]}
          options={offered.map((name) => [name, texts.level[name]] as const)}
          onChoose={setLevel}
        />
        <Choices
          legend={words.size}
          name="size"
          value={size}
          options={sizes.map((each) => [each, words.sizes[each]] as const)}
          onChoose={setSize}
        />
        <label>
          <span class="label">{words.seed}</span>
          <input
            class="field"
            value={seed}
            maxLength={80}
            onInput={(event) => setSeed(event.currentTarget.value)}
          />
        </label>
        {task.error !== null && <p class="error" role="alert">{refusalText(task.error, texts)}</p>}
        {task.isRunning
          ? (
            <TaskState
              text={words.making}
              progress={task.progress}
              detail={words.tried(task.done)}
              onStop={task.stop}
            />
          )
          : <button type="submit" class="button primary">{words.start}</button>}
      </form>
    </Dialog>
  );
}
