/**
 * Keeps the player's settings. Each setting is merged separately. If two tabs change different
 * settings, then both changes are kept.
 */
import * as v from "valibot";
import { type Level, levels, type Size, sizes } from "../../../sudoku/mod.ts";
import { namePattern } from "../play/name.ts";

const forms = {
  theme: v.picklist(["system", "light", "dark"]),
  palette: v.picklist(["standard", "colour-blind"]),
  language: v.picklist(["system", "en", "fr"]),
  motion: v.picklist(["system", "reduced"]),
  /**
   * The look of the digits. "clear" selects the best of many generated pictures, "raw" selects
   * pictures as the generator makes them, and "plain" selects a font.
   */
  digits: v.picklist(["clear", "raw", "plain"]),
  /** Whether new games start with automatic notes. */
  autoNotes: v.boolean(),
  /** Whether entering a digit removes this digit from the marks in the same row, column and box. */
  cleanNotes: v.boolean(),
  showConflicts: v.boolean(),
  showMistakes: v.boolean(),
  showTimer: v.boolean(),
  showRemaining: v.boolean(),
  /** Whether selecting a cell that contains a digit highlights all cells with the same digit. */
  highlightSame: v.boolean(),
  /** The size and the level of the last new game. */
  size: v.picklist<readonly Size[]>(sizes),
  level: v.picklist(levels.map((entry): Level => entry.name)),
};

/** The values of all settings. */
export type Settings = {
  readonly [Name in keyof typeof forms]: v.InferOutput<typeof forms[Name]>;
};

/** The settings that apply until the player changes them. */
export const defaultSettings: Settings = Object.freeze({
  theme: "system",
  palette: "standard",
  language: "system",
  motion: "system",
  digits: "clear",
  autoNotes: false,
  cleanNotes: true,
  showConflicts: true,
  showMistakes: false,
  showTimer: true,
  showRemaining: true,
  highlightSame: true,
  size: 9,
  level: "easy",
});

const change = v.strictObject({
  value: v.union([v.string(), v.number(), v.boolean()]),
  /** The number of times that this setting has been changed. */
  number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER)),
  writer: v.pipe(v.string(), v.regex(namePattern)),
});

type Change = Readonly<v.InferOutput<typeof change>>;

/** The last change to each setting. Settings that were never changed are missing. */
export type SavedSettings = { readonly [Name in keyof Settings]?: Change };

/**
 * The format of saved settings. If the name or the value of a setting is unknown, then the setting
 * is dropped.
 */
export const settingsSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((entries): SavedSettings =>
    Object.fromEntries(settingNames.flatMap((name) => {
      const entry = v.safeParse(change, entries[name]);
      const isKnown = entry.success && v.is(forms[name], entry.output.value);
      return isKnown ? [[name, entry.output]] : [];
    }))
  ),
);

const settingNames = Object.keys(defaultSettings) as readonly (keyof Settings)[];

/** Returns the current values of all settings. */
export function settingsOf(saved: SavedSettings): Settings {
  const changed = settingNames.flatMap((name) => {
    const entry = saved[name];
    return entry ? [[name, entry.value]] : [];
  });
  return Object.freeze({ ...defaultSettings, ...Object.fromEntries(changed) });
}

/**
 * Changes settings, and records that the tab `writer` made the changes. Invalid settings are
 * ignored.
 */
export function withSettings(
  saved: SavedSettings,
  values: Partial<Settings>,
  writer: string,
): SavedSettings {
  const changes = Object.entries(values).filter(([name, value]) =>
    Object.hasOwn(forms, name) && v.is(forms[name as keyof Settings], value)
  ).map(([name, value]) => {
    const number = (saved[name as keyof Settings]?.number ?? 0) + 1;
    return [name, { value, number, writer }];
  });
  return inOrder({ ...saved, ...Object.fromEntries(changes) });
}

/** Merges two copies of the settings. For each setting, the later change is kept. */
export function mergeSettings(a: SavedSettings, b: SavedSettings): SavedSettings {
  const entries = settingNames.flatMap((name) => {
    const [first, second] = [a[name], b[name]];
    const later = first && second ? laterOf(first, second) : first ?? second;
    return later ? [[name, later]] : [];
  });
  return Object.fromEntries(entries);
}

function laterOf(a: Change, b: Change): Change {
  if (a.number !== b.number) return a.number > b.number ? a : b;
  // The choice is arbitrary, but it is the same in all tabs.
  return `${a.writer} ${a.value}` > `${b.writer} ${b.value}` ? a : b;
}

/** Sorts the settings, so that equal settings are stored as equal strings. */
function inOrder(saved: SavedSettings): SavedSettings {
  return mergeSettings(saved, {});
}
