/// <reference lib="dom" />
/**
 * Contains an event handler for buttons. When a button with this handler is clicked or tapped, the
 * focus stays on the board, so that the keyboard can still be used there.
 */
export const keepFocus = Object.freeze({
  onMouseDown: (event: MouseEvent) => event.preventDefault(),
});
