/// <reference lib="dom" />
/**
 * Handles the mouse, pens and fingers on the board. A tap selects a cell. A drag selects the cells
 * along its path. A double click selects all cells with the same digit.
 */
import type { App } from "../state/app.ts";

export interface PointerHandlers {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onDblClick: (event: MouseEvent) => void;
}

/** Returns the event handlers for the HTML element of the board. */
export function pointerHandlers(app: App): PointerHandlers {
  let isAdding = true;
  let last: number | undefined;
  return {
    onPointerDown(event) {
      const cell = cellAt(event);
      if (cell === undefined || event.button !== 0) return;
      const adds = event.shiftKey || event.ctrlKey || event.metaKey;
      const isIn = app.game.value?.position.selection.includes(cell) ?? false;
      isAdding = !(adds && isIn);
      last = cell;
      app.act({
        type: "select",
        cells: [cell],
        how: !adds ? "replace" : isAdding ? "add" : "remove",
      });
      // Without this call, the browser would send all further move events of a finger to the first
      // cell.
      (event.target as Element).releasePointerCapture?.(event.pointerId);
    },
    onPointerMove(event) {
      if ((event.buttons & 1) === 0) return;
      const cell = cellAt(event);
      if (cell === undefined || cell === last) return;
      last = cell;
      app.act({ type: "select", cells: [cell], how: isAdding ? "add" : "remove" });
    },
    onDblClick(event) {
      const { values } = app.game.value!.position;
      const cell = cellAt(event);
      if (cell === undefined || values[cell] === 0) return;
      const cells = [...values.keys()].filter((other) => values[other] === values[cell]);
      app.act({
        type: "select",
        cells: [...cells.filter((c) => c !== cell), cell],
        how: "replace",
      });
    },
  };
}

function cellAt(event: MouseEvent): number | undefined {
  const element = document.elementFromPoint(event.clientX, event.clientY);
  const text = element?.closest<HTMLElement>("[data-cell]")?.dataset.cell;
  return text === undefined ? undefined : Number(text);
}
