/**
 * Shows the bar above the board. The bar contains the page's title, the puzzle's name, the clock
 * and the menu buttons.
 */
import type { PlayedPuzzle } from "../../game/mod.ts";
import type { DialogName } from "../state/app.ts";
import { useApp } from "../state/app.ts";
import { puzzleName, ratingText } from "../state/puzzle_name.ts";
import { steady } from "./steady.tsx";
import { GameClock } from "./timer.tsx";

const shown = ["newGame", "daily", "menu"] as const satisfies readonly DialogName[];

export interface HeadProps {
  /** The puzzle on the board, if there is one. */
  readonly puzzle: PlayedPuzzle | undefined;
}

export const Head = steady(({ puzzle }: HeadProps) => {
  const { texts, dialog } = useApp();
  const { title, menu } = texts.value;
  return (
    <header class="head">
      <h1>{title}</h1>
      {puzzle && <About puzzle={puzzle} />}
      <div class="bar">
        {puzzle && (
          <div class="clock">
            <GameClock />
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
});

/** Shows the puzzle's name and rating. */
function About({ puzzle }: { readonly puzzle: PlayedPuzzle }) {
  const texts = useApp().texts.value;
  return (
    <p class="about">
      <span>{puzzleName(puzzle, texts)}</span>
      <span class="rating">{ratingText(puzzle, texts)}</span>
    </p>
  );
}
