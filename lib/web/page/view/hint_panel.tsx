/**
 * Shows the text of a hint. At first, the panel shows only the first part of the text. A button
 * adds the next part.
 */
import { type HintAnswer, isFinished } from "../../game/mod.ts";
import { type App, useApp } from "../state/app.ts";
import { hintWords } from "../state/hint_words.ts";
import { steady } from "./steady.tsx";

export const HintPanel = steady(() => {
  const app = useApp();
  const texts = app.texts.value;
  const shown = app.hint.shown.value;
  if (app.hint.isAsking.value) return <p class="hint" role="status">{texts.working}</p>;
  if (shown === null) return null;
  const game = app.game.value;
  if (game === null || isFinished(game)) return null;
  const { answer, depth } = shown;
  const words = hintWords(answer, depth, game.puzzle.size, texts);
  const isWhole = answer.kind !== "hint" || depth === 3;
  return (
    <section class="hint" aria-label={texts.hint.title}>
      <h2>{texts.hint.title}</h2>
      <div role="status">{words.map((text) => <p key={text}>{text}</p>)}</div>
      <div class="line">
        {!isWhole && (
          <button type="button" class="button" onClick={() => app.hint.more()}>
            {texts.hint.next}
          </button>
        )}
        {isWhole && answer.kind !== "full" && (
          <button
            type="button"
            class="button primary"
            onClick={() => applyAnswer(app, answer)}
          >
            {texts.hint.apply}
          </button>
        )}
        <button type="button" class="button" onClick={() => app.hint.hide()}>
          {texts.hint.hide}
        </button>
      </div>
    </section>
  );
});

function applyAnswer(app: App, answer: HintAnswer): void {
  switch (answer.kind) {
    case "hint": {
      const { placements, removals } = answer.hint.drawing;
      app.act({ type: "applyHint", placements, removals });
      return app.say(app.texts.value.sentence(answer.hint));
    }
    case "wrong values":
      return app.act({ type: "erase", cells: answer.cells });
    case "wrong notes":
      return app.act({ type: "mendNotes" });
    case "stuck":
      return app.act({ type: "applyHint", placements: [answer.digit], removals: [] });
  }
}
