/// <reference lib="dom" />
/**
 * Contains an event handler for buttons. If a button with this handler is pressed with a pointer,
 * then the focus stays on the board, so that the keyboard can still be used there.
 */
export const keepFocus = Object.freeze({
  onMouseDown: (event: MouseEvent) => event.preventDefault(),
});
