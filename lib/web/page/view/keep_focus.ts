/// <reference lib="dom" />
/**
 * Keeps the focus on the board when a button is pressed with a pointer, so that keys still work
 * there.
 */
export const keepFocus = Object.freeze({
  onMouseDown: (event: MouseEvent) => event.preventDefault(),
});
