/**
 * Shows the bar above the board. The bar contains the page's title, the puzzle's name, the clock
 * and the menu buttons.
 */
import type { PlayedPuzzle } from "../../game/mod.ts";
import type { DialogName } from "../state/app.ts";
import { useApp } from "../state/app.ts";
import { puzzleName, ratingText } from "../state/puzzle_name.ts";
import { GameClock } from "./timer.tsx";

const shown = ["newGame", "daily", "menu"] as const satisfies readonly DialogName[];

export function Head() {
  const { game, texts, dialog } = useApp();
  const { title, menu } = texts.value;
  const { value } = game;
  return (
    <header class="head">
      <h1>{title}</h1>
      {value && <About puzzle={value.puzzle} />}
      <div class="bar">
        {value && (
          <div class="clock">
            <GameClock game={value} />
          </div>
        )}
        <nav aria-label={menu.menu}>
          {shown.map((name) => (
            <button
              key={name}
              type="button"
              class="button bare"
              aria-haspopup="dialog"
              onClick={() => dialog.value = name}
            >
              {menu[name]}
            </button>
          ))}
        </nav>
      </div>
    </header>
  );
}

/**
 * Shows the puzzle's name and rating. A move does not change the puzzle, so this component is not
 * drawn again after a move.
 */
function About({ puzzle }: { readonly puzzle: PlayedPuzzle }) {
  const texts = useApp().texts.value;
  return (
    <p class="about">
      <span>{puzzleName(puzzle, texts)}</span>
      <span class="rating">{ratingText(puzzle, texts)}</span>
    </p>
  );
}
