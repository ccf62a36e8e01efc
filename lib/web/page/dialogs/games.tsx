/** Shows a dialog that lists the saved games. The player can continue or remove each game. */
import { openGame, type SavedGame } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { clockTime } from "../state/clock_time.ts";
import { puzzleName } from "../state/puzzle_name.ts";
import { Dialog } from "./dialog.tsx";

export function Games() {
  const app = useApp();
  const words = app.texts.value.games;
  // Because this signal is read here, the list is drawn again when the signal changes.
  void app.saving.saves.value;
  const games = app.saving.games();
  return (
    <Dialog title={words.title}>
      {games.length === 0 && <p>{words.none}</p>}
      <ul class="list">
        {games.map((saved) => <GameLine key={JSON.stringify(saved.lineage)} saved={saved} />)}
      </ul>
    </Dialog>
  );
}

function GameLine({ saved }: { readonly saved: SavedGame }) {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.games;
  const game = saved.game!;
  const isOnBoard = saved.id === app.game.value?.id;
  const filled = [...game.board.values].filter((value) => value !== "0").length;
  const name = puzzleName(game, texts);
  const open = () => {
    app.play(openGame(saved));
    app.dialog.value = null;
  };
  return (
    <li>
      <span class="grow">
        {name}
        <br />
        <span class="soft">
          {game.finishedOn ? words.solved : words.progress(filled, game.size ** 2)}
          {` · ${clockTime(game.elapsed)}`}
          {isOnBoard && ` · ${words.now}`}
        </span>
      </span>
      {!isOnBoard && (
        <>
          <button type="button" class="button" aria-label={`${words.open}: ${name}`} onClick={open}>
            {words.open}
          </button>
          <button
            type="button"
            class="button"
            aria-label={`${words.remove}: ${name}`}
            onClick={() => app.saving.remove(saved.id)}
          >
            {words.remove}
          </button>
        </>
      )}
    </li>
  );
}
