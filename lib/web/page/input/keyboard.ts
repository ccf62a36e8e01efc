/// <reference lib="dom" />
/**
 * Listens for key presses on the whole page, so that the player does not have to click on the board
 * first.
 */
import type { App } from "../state/app.ts";
import { commandOf } from "./keys.ts";
import { followCommand } from "./follow_command.ts";

/** Starts listening for key presses, and returns a function that removes the listener. */
export function listenToKeys(app: App): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    // While a dialog is open, keys belong to the dialog and its fields.
    if (event.defaultPrevented || target.closest("dialog, input, textarea, select")) return;
    const inGrid = target.closest("[role=grid]") !== null;
    const command = event.ctrlKey || event.metaKey;
    // A key that is pressed without Ctrl or Cmd works only if the focus is on the board or on no
    // element at all. Otherwise, dictated text could trigger commands by mistake.
    if (!inGrid && !command && target !== document.body) return;
    const { key, code, shiftKey, altKey } = event;
    const asked = commandOf({ key, code, shiftKey, altKey, command }, inGrid);
    if (asked === undefined) return;
    event.preventDefault();
    followCommand(app, asked);
  };
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}
