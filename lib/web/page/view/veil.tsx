/** Covers the board while the game is paused. */
import { useApp } from "../state/app.ts";

export function Veil() {
  const app = useApp();
  const { board } = app.texts.value;
  return (
    <div class="veil">
      <p class="large">{board.paused}</p>
      <button class="button primary" type="button" onClick={() => app.act({ type: "resume" })}>
        {board.resume}
      </button>
    </div>
  );
}
