/// <reference lib="dom" />
/** A button pressed by hand leaves the focus on the board, so that keys go on to work there. */
export const keepFocus = Object.freeze({
  onMouseDown: (event: MouseEvent) => event.preventDefault(),
});
