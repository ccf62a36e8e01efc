/// <reference lib="dom" />
/** Draws the pages to print. These pages are hidden on the screen. */
import { useEffect } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { pagesOf, type PrintPage } from "../state/print_job.ts";
import { BoardSvg } from "./board_svg.tsx";
import { steady } from "./steady.tsx";

export const PrintSheets = steady(() => {
  const { printed } = useApp();
  const job = printed.value;
  useEffect(() => {
    if (job === null) return;
    const done = () => printed.value = null;
    addEventListener("afterprint", done, { once: true });
    print();
    return () => removeEventListener("afterprint", done);
  }, [job]);
  if (job === null) return null;
  return (
    <div class="sheets">{pagesOf(job).map((page, index) => <Paper key={index} {...page} />)}</div>
  );
});

function Paper({ kind, perPage, puzzles }: PrintPage) {
  const { texts } = useApp();
  const words = texts.value.print;
  return (
    <section class={`paper ${kind}`} data-count={perPage}>
      {puzzles.map((puzzle, index) => (
        <figure key={index}>
          <figcaption>
            {kind === "solutions" ? `${words.solution}: ${puzzle.name}` : puzzle.name}
          </figcaption>
          <BoardSvg
            size={puzzle.size}
            givens={puzzle.givens}
            values={kind === "solutions" ? puzzle.solution : puzzle.values}
          />
        </figure>
      ))}
    </section>
  );
}
