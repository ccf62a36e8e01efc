/**
 * Shows the whole page: the head, the board, the controls, the open dialog, and the pages to print.
 */
import type { App } from "../state/app.ts";
import { AppContext } from "../state/app.ts";
import { isFinished } from "../../game/mod.ts";
import { clockTime } from "../state/clock_time.ts";
import { OpenDialog } from "../dialogs/open_dialog.tsx";
import { Actions } from "./actions.tsx";
import { BoardView } from "./board.tsx";
import { Head } from "./head.tsx";
import { HintPanel } from "./hint_panel.tsx";
import { Modes } from "./modes.tsx";
import { Pad } from "./pad.tsx";
import { PrintSheets } from "./print_sheets.tsx";
import { WritingPanel } from "./writing_panel.tsx";

export function Page({ app }: { readonly app: App }) {
  const game = app.game.value;
  const state = app.saving.state.value;
  return (
    <AppContext.Provider value={app}>
      <div class="page">
        <Head puzzle={game?.puzzle} />
        <main class="stage">
          {game && <BoardView game={game} />}
        </main>
        {game && (
          <section class="panel" aria-label={app.texts.value.action.name}>
            {state !== "stored" && <p class="notice" role="alert">{app.texts.value.said[state]}</p>}
            {app.refused.value && <p class="notice" role="alert">{app.refused.value}</p>}
            {isFinished(game) && (
              <p class="notice">{app.texts.value.said.solved(clockTime(game.timer.before))}</p>
            )}
            <HintPanel />
            {app.isWriting.value && <WritingPanel />}
            <Pad
              values={game.position.values}
              size={game.puzzle.size}
              highlight={game.position.highlight}
            />
            <Modes />
            <Actions
              canUndo={game.past.length > 0}
              canRedo={game.future.length > 0}
              hasAutoNotes={game.position.autoNotes}
              isDone={isFinished(game)}
            />
          </section>
        )}
      </div>
      <p class="unseen" role="status" aria-live="polite">{app.said}</p>
      <OpenDialog />
      <PrintSheets />
    </AppContext.Provider>
  );
}
