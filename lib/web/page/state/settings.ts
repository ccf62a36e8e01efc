/** What the player chose about the page itself, kept by the browser. */
import { type Language, pickLanguage } from "../texts.ts";
import type { DigitKind } from "../digits/digit_sheet.ts";

export interface Settings {
  readonly language: Language;
  readonly theme: "auto" | "light" | "dark";
  readonly digits: DigitKind | "plain";
  readonly palette: "quiet" | "safe";
  readonly conflicts: boolean;
  readonly mistakes: boolean;
  readonly cleanNotes: boolean;
  readonly peers: boolean;
  readonly timer: boolean;
  readonly motion: "auto" | "reduced";
  readonly shortcuts: boolean;
}

/** Where settings are kept: `localStorage` has these, and may refuse. */
export type SettingsStore = Pick<Storage, "getItem" | "setItem">;

const KEY = "sudogan settings";

/** By setting: the values it may have. */
const allowed: { readonly [Name in keyof Settings]: readonly Settings[Name][] } = {
  language: ["en", "fr"],
  theme: ["auto", "light", "dark"],
  digits: ["clear", "raw", "plain"],
  palette: ["quiet", "safe"],
  conflicts: [true, false],
  mistakes: [false, true],
  cleanNotes: [true, false],
  peers: [true, false],
  timer: [true, false],
  motion: ["auto", "reduced"],
  shortcuts: [true, false],
};

/** Returns the settings of someone new, in the first of their languages that the page speaks. */
export function initialSettings(languages: readonly string[]): Settings {
  const first = Object.entries(allowed).map(([name, values]) => [name, values[0]]);
  return { ...Object.fromEntries(first), language: pickLanguage(languages) };
}

/** Returns the kept settings; what is missing or not allowed is as for someone new. */
export function readSettings(store: SettingsStore, languages: readonly string[]): Settings {
  const initial = initialSettings(languages);
  try {
    const kept = JSON.parse(store.getItem(KEY) ?? "{}");
    const valid = Object.entries(allowed)
      .filter(([name, values]) => (values as readonly unknown[]).includes(kept?.[name]))
      .map(([name]) => [name, kept[name]]);
    return { ...initial, ...Object.fromEntries(valid) };
  } catch {
    // The store is forbidden, or holds something else: nothing of the player's is lost by that.
    return initial;
  }
}

/** Keeps settings. Returns false where the store refuses. */
export function keepSettings(store: SettingsStore, settings: Settings): boolean {
  try {
    store.setItem(KEY, JSON.stringify(settings));
    return true;
  } catch {
    return false;
  }
}
