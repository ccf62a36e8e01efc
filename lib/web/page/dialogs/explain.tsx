/**
 * Shows a dialog that solves the whole puzzle step by step, with a drawing and a sentence for each
 * step.
 */
import { useEffect, useState } from "preact/hooks";
import type { Walkthrough } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { decimal } from "../state/puzzle_name.ts";
import { BoardSvg } from "../view/board_svg.tsx";
import { HintDrawing } from "../view/hint_overlay.tsx";
import { Dialog } from "./dialog.tsx";
import { refusalText } from "../state/refusal_text.ts";
import { TaskState } from "./task_state.tsx";
import { useTask } from "./use_task.ts";

export function Explain() {
  const app = useApp();
  const texts = app.texts.value;
  const { size, givens } = app.game.value!.puzzle;
  const task = useTask("explain");
  const [walkthrough, setWalkthrough] = useState<Walkthrough | null>(null);
  useEffect(() => task.run({ size, givens }, setWalkthrough), []);
  return (
    <Dialog title={texts.explain.title}>
      {task.isRunning && (
        <TaskState text={texts.working} progress={task.progress} onStop={task.stop} />
      )}
      {task.error !== null && <p class="error" role="alert">{refusalText(task.error, texts)}</p>}
      {walkthrough && <Stages {...walkthrough} />}
    </Dialog>
  );
}

function Stages({ stages }: Walkthrough) {
  const { texts, game } = useApp();
  const { hint: words } = texts.value;
  const { size, givens } = game.value!.puzzle;
  const [index, setIndex] = useState(0);
  const { values, notes, hint } = stages[index];
  const last = stages.length - 1;
  const go = (by: number) => setIndex(Math.min(last, Math.max(0, index + by)));
  return (
    <div class="stages">
      <BoardSvg size={size} values={values} givens={givens} notes={notes}>
        {hint && <HintDrawing hint={hint} depth={3} size={size} />}
      </BoardSvg>
      <div class="line">
        <button type="button" class="button" aria-disabled={index === 0} onClick={() => go(-1)}>
          {words.before}
        </button>
        <button type="button" class="button" aria-disabled={index === last} onClick={() => go(1)}>
          {words.after}
        </button>
        <input
          class="slider"
          type="range"
          min={0}
          max={last}
          value={index}
          aria-label={words.step(index + 1, last + 1)}
          onInput={(event) => setIndex(Number(event.currentTarget.value))}
        />
        <span class="soft">{words.step(index + 1, last + 1)}</span>
      </div>
      <div role="status">
        {hint && (
          <>
            <p>
              <strong>{texts.value.technique(hint)}</strong>{" "}
              <span class="soft">({words.rating(decimal(hint.rating, texts.value))})</span>
            </p>
            <p>{texts.value.sentence(hint)}</p>
          </>
        )}
      </div>
    </div>
  );
}
