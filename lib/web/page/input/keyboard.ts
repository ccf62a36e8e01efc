/// <reference lib="dom" />
/** Listens to the keyboard for the whole page, so that keys work regardless of the focus. */
import type { App } from "../state/app.ts";
import { commandOf } from "./keys.ts";
import { followCommand } from "./follow_command.ts";

/** Starts listening, and returns a function that stops it. */
export function listenToKeys(app: App): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    // While a dialog is open, keys belong to the dialog and its fields.
    if (event.defaultPrevented || target.closest("dialog, input, textarea, select")) return;
    const inGrid = target.closest("[role=grid]") !== null;
    const command = event.ctrlKey || event.metaKey;
    // Single characters work only on the board, so that dictated text does not trigger them by
    // mistake.
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
