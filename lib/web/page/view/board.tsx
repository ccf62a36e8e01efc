/// <reference lib="dom" />
/**
 * Shows the board as a grid. It can be used by mouse, by touch, from the keyboard or with a screen
 * reader.
 */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { type Game, isPaused } from "../../game/mod.ts";
import { pointerHandlers } from "../input/pointer.ts";
import { useApp } from "../state/app.ts";
import { cellViews } from "../state/cell_views.ts";
import { saltOf } from "../digits/picture.ts";
import { BoardCell } from "./cell.tsx";
import { HintOverlay } from "./hint_overlay.tsx";
import { TypeSample } from "./type_sample.tsx";
import { Veil } from "./veil.tsx";
import { WritingLayer } from "./writing_layer.tsx";

export function BoardView({ game }: { readonly game: Game }) {
  const app = useApp();
  const { size } = game.puzzle;
  const texts = app.texts.value;
  const grid = useRef<HTMLDivElement>(null);
  const handlers = useMemo(() => pointerHandlers(app), [app]);
  const views = cellViews(game, app.settings.value);
  const kind = app.settings.value.digits;
  const shown = app.hint.shown.value;
  const { cursor } = game.position;
  useLayoutEffect(() => followCursor(grid.current!, cursor), [cursor]);
  const salt = saltOf(game.id);
  const rows = Array.from({ length: size }, (_, row) => row);
  return (
    <div class="board" style={{ "--size": size }}>
      <div
        ref={grid}
        class="grid"
        role="grid"
        aria-label={texts.board.name(size)}
        aria-rowcount={size}
        aria-colcount={size}
        aria-multiselectable="true"
        {...handlers}
      >
        {rows.map((row) => (
          <div key={row} class="row" role="row" aria-rowindex={row + 1}>
            {views.slice(row * size, (row + 1) * size).map((view) => (
              <BoardCell key={view.cell} {...{ view, size, texts, kind, salt }} />
            ))}
          </div>
        ))}
      </div>
      <TypeSample />
      {shown?.answer.kind === "hint" && (
        <HintOverlay hint={shown.answer.hint} depth={shown.depth} size={size} />
      )}
      {app.isWriting.value && <WritingLayer size={size} />}
      {isPaused(game) && <Veil />}
    </div>
  );
}

/**
 * Moves the focus to the cell with the cursor, unless an element outside the board has the focus.
 */
function followCursor(grid: HTMLElement, cursor: number): void {
  const focused = document.activeElement;
  if (focused !== null && focused !== document.body && !grid.contains(focused)) return;
  grid.querySelector<HTMLElement>(`[data-cell="${cursor}"]`)?.focus({ preventScroll: true });
}
