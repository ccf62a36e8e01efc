/**
 * Shows advice while the player writes digits by hand. If a handwritten digit could be either of
 * two digits, the panel asks the player which of them was written.
 */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { enterWritten } from "../state/take_writing.ts";

export function WritingPanel() {
  const app = useApp();
  const words = app.texts.value.writing;
  const unsure = app.unsure.value;
  const [isReady, setReady] = useState(false);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    // This first request loads the networks while the player begins to write.
    app.networks.ask("draw", { latents: [] })
      .then(() => setReady(true), (error) => setProblem(String(error)));
  }, []);
  return (
    <div class="hint" role="group" aria-label={app.texts.value.action.write}>
      <p>{words.lead}</p>
      {!isReady && problem === "" && <p role="status">{words.loading}</p>}
      {problem && <p class="error" role="alert">{app.texts.value.said.failed(problem)}</p>}
      {unsure && (
        <div class="line">
          <span>{words.which}</span>
          {unsure.digits.map((digit) => (
            <button
              key={digit}
              type="button"
              class="button large"
              onClick={() => enterWritten(app, unsure.cell, digit)}
            >
              {digit}
            </button>
          ))}
          <button type="button" class="button" onClick={() => app.unsure.value = null}>
            {words.other}
          </button>
        </div>
      )}
    </div>
  );
}
