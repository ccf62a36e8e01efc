/**
 * Keeps the player's settings. Each setting is merged separately, so that two tabs can change
 * different settings.
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
   * How digits look: the best of the generated pictures, the first generated pictures without any
   * selection, or plain type.
   */
  digits: v.picklist(["clear", "raw", "plain"]),
  /** True if new games start with automatic notes. */
  autoNotes: v.boolean(),
  /** True if entering a digit also removes it from the marks of the cell's peers. */
  cleanNotes: v.boolean(),
  showConflicts: v.boolean(),
  showMistakes: v.boolean(),
  showTimer: v.boolean(),
  showRemaining: v.boolean(),
  /** True if selecting a digit highlights all equal digits. */
  highlightSame: v.boolean(),
  /** The size and level of the last new game. */
  size: v.picklist<readonly Size[]>(sizes),
  level: v.picklist(levels.map((entry): Level => entry.name)),
};

/** All settings. */
export type Settings = {
  readonly [Name in keyof typeof forms]: v.InferOutput<typeof forms[Name]>;
};

/** The settings before the player changes any. */
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
  /** The tab that made the change. */
  writer: v.pipe(v.string(), v.regex(namePattern)),
});

type Change = Readonly<v.InferOutput<typeof change>>;

/** The last change of each setting. A setting that was never changed is missing. */
export type SavedSettings = { readonly [Name in keyof Settings]?: Change };

/** The format of saved settings. Names and values that this version does not know are dropped. */
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

/** Returns the settings after a tab has changed some of them. */
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

/** Merges two copies of the settings: keeps the later change of each setting. */
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
  // Any rule will do, as long as all tabs use the same one.
  return `${a.writer} ${a.value}` > `${b.writer} ${b.value}` ? a : b;
}

/** Returns the settings in a fixed order, so that equal settings are stored as equal strings. */
function inOrder(saved: SavedSettings): SavedSettings {
  return mergeSettings(saved, {});
}
