/** What a key does, apart from carrying it out. */
import type { Action, Direction, Layer } from "../../game/mod.ts";

/** What the page has to do. */
export type Command =
  | { readonly do: "act"; readonly action: Action }
  /** A digit; without a layer it is entered as the chosen one. */
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

/** The parts of a keyboard event that matter. */
export interface Key {
  /** The character or name. */
  readonly key: string;
  /** The place on the keyboard, which Shift and Alt don't change. */
  readonly code: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** Ctrl, or Cmd on a Mac. */
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
 * Returns what a key does, or undefined where it means nothing here.
 *
 * @param inGrid whether a cell has the focus: arrows, Space and the like belong to other elements
 * elsewhere
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
  // On French keyboards the row of digits needs Shift for the digit itself.
  const isTyped = /^[1-9]$/.test(key);
  if (!found && !isTyped) return undefined;
  const digit = Number(isTyped ? key : found![1]);
  if (altKey) return { do: "digit", digit, layer: "centre" };
  if (shiftKey && !isTyped) return { do: "digit", digit, layer: "corner" };
  return { do: "digit", digit };
}
