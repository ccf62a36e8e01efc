/**
 * Shows a dialog with the print options. The player chooses whether to print this puzzle or new
 * puzzles, how many puzzles to print on a page, and whether to add the solutions.
 */
import { useRef, useState } from "preact/hooks";
import type { PlayedPuzzle } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import type { PrintedPuzzle } from "../state/print_job.ts";
import { puzzleName, ratingText } from "../state/puzzle_name.ts";
import { CheckLine } from "./check.tsx";
import { Choices } from "./choices.tsx";
import { Dialog } from "./dialog.tsx";
import { makePuzzles } from "./make_puzzles.ts";
import { TaskState } from "./task_state.tsx";

const perPageOptions = [[1, "1"], [2, "2"], [4, "4"]] as const;

export function PrintDialog() {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.print;
  const game = app.game.value!;
  const [perPage, setPerPage] = useState<1 | 2 | 4>(1);
  const [isNew, setNew] = useState(false);
  const [hasEntries, setEntries] = useState(false);
  const [withSolutions, setSolutions] = useState(true);
  const [progress, setProgress] = useState<number | null>(null);
  const stopper = useRef(new AbortController());
  const printed = (puzzle: PlayedPuzzle, values = puzzle.givens): PrintedPuzzle => ({
    ...{ size: puzzle.size, givens: puzzle.givens, solution: puzzle.solution, values },
    name: [puzzleName(puzzle, texts), ratingText(puzzle, texts)].filter(Boolean).join(" · "),
  });
  const start = async (event: Event) => {
    event.preventDefault();
    const own = printed(game.puzzle, hasEntries ? game.position.values : game.puzzle.givens);
    const more = (isNew ? perPage : 0) && await makePuzzles(app, game.puzzle, perPage, {
      signal: (stopper.current = new AbortController()).signal,
      onProgress: setProgress,
    }).finally(() => setProgress(null));
    if (more === null) return;
    const puzzles = more === 0 ? [own] : more.map((puzzle) => printed(puzzle));
    app.printed.value = { puzzles, perPage, withSolutions };
  };
  return (
    <Dialog title={words.title}>
      <form class="form" onSubmit={start}>
        <Choices
          legend={words.what}
          name="what"
          value={isNew ? "more" : "this"}
          options={[["this", words.this], ["more", words.more]]}
          onChoose={(what) => setNew(what === "more")}
        />
        <Choices
          legend={words.count}
          name="count"
          value={perPage}
          options={perPageOptions}
          onChoose={setPerPage}
        />
        <div>
          <CheckLine text={words.notes} isOn={hasEntries} onChange={setEntries} />
          <CheckLine text={words.solutions} isOn={withSolutions} onChange={setSolutions} />
        </div>
        {progress === null
          ? <button type="submit" class="button primary">{words.print}</button>
          : (
            <TaskState
              text={texts.working}
              progress={progress}
              onStop={() => stopper.current.abort()}
            />
          )}
      </form>
    </Dialog>
  );
}
