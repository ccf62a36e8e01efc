/** Finds the command that belongs to a key. The commands are carried out in follow_command.ts. */
import type { Action, Direction, Layer } from "../../game/mod.ts";

/** A command that the player gives to the page. */
export type Command =
  | { readonly do: "act"; readonly action: Action }
  /** A digit to enter. If `layer` is undefined, then the digit goes into the selected layer. */
  | { readonly do: "digit"; readonly digit: number; readonly layer?: Layer }
  | { readonly do: "layer"; readonly layer: Layer }
  | {
    readonly do:
      | "hint"
      | "pause"
      | "autoNotes"
      | "digits"
      | "highlight"
      | "newGame"
      | "help"
      | "all"
      | "none"
      | "toggle"
      | "write";
  };

/** The parts of a keyboard event that determine the command. */
export interface Key {
  /** The character that the key types, or the name of the key, such as "Home". */
  readonly key: string;
  /**
   * The name of the key's position on the keyboard, such as "Digit1". Shift and Alt do not change
   * this name.
   */
  readonly code: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** Whether Ctrl (or Cmd on a Mac) is pressed. */
  readonly command: boolean;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "row start",
  End: "row end",
};

const letters: Readonly<Record<string, Command>> = {
  z: { do: "layer", layer: "value" },
  x: { do: "layer", layer: "corner" },
  c: { do: "layer", layer: "centre" },
  v: { do: "layer", layer: "colour" },
  f: { do: "highlight" },
  h: { do: "hint" },
  a: { do: "autoNotes" },
  d: { do: "digits" },
  p: { do: "pause" },
  n: { do: "newGame" },
  w: { do: "write" },
  "?": { do: "help" },
};

const withCommand: Readonly<Record<string, Command>> = {
  z: { do: "act", action: { type: "undo" } },
  y: { do: "act", action: { type: "redo" } },
  a: { do: "all" },
};

/**
 * Returns the command for a key, or undefined if the key has no command.
 *
 * @param inGrid whether a cell of the board has the focus; if not, then keys such as the arrows and
 * Space have no command
 */
export function commandOf(key: Key, inGrid: boolean): Command | undefined {
  const letter = key.key.toLowerCase();
  if (key.command) {
    if (letter === "z" && key.shiftKey) return withCommand.y;
    if (inGrid && key.key === "Home") return { do: "act", action: { type: "move", to: "first" } };
    if (inGrid && key.key === "End") return { do: "act", action: { type: "move", to: "last" } };
    return key.altKey ? undefined : withCommand[letter];
  }
  return (inGrid ? gridCommand(key) : undefined) ?? digitCommand(key) ??
    (key.altKey ? undefined : letters[letter]);
}

function gridCommand(key: Key): Command | undefined {
  const to = directions[key.key];
  if (to && !key.altKey) {
    return { do: "act", action: { type: "move", to, extend: key.shiftKey } };
  }
  if (["Delete", "Backspace", "0"].includes(key.key)) {
    return { do: "act", action: { type: "erase" } };
  }
  if (key.key === "Escape") return { do: "none" };
  if (key.key === " ") return { do: "toggle" };
  return undefined;
}

function digitCommand({ key, code, shiftKey, altKey }: Key): Command | undefined {
  const found = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  // French keyboards require Shift for the digits in the upper row.
  const isTyped = /^[1-9]$/.test(key);
  if (!found && !isTyped) return undefined;
  const digit = Number(isTyped ? key : found![1]);
  if (altKey) return { do: "digit", digit, layer: "centre" };
  if (shiftKey && !isTyped) return { do: "digit", digit, layer: "corner" };
  return { do: "digit", digit };
}
