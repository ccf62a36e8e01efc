/** The player's settings. Each is merged on its own, so that two tabs can change different ones. */
import * as v from "valibot";
import { type Level, levels, type Size, sizes } from "../../../sudoku/mod.ts";
import { namePattern } from "../play/name.ts";

const forms = {
  theme: v.picklist(["system", "light", "dark"]),
  palette: v.picklist(["standard", "colour-blind"]),
  language: v.picklist(["system", "en", "fr"]),
  motion: v.picklist(["system", "reduced"]),
  /** How digits look: the best generated ones, the first ones, or plain type. */
  digits: v.picklist(["clear", "raw", "plain"]),
  /** Whether new games start with automatic notes. */
  autoNotes: v.boolean(),
  /** Whether a digit strikes the marks that its peers have of it. */
  cleanNotes: v.boolean(),
  showConflicts: v.boolean(),
  showMistakes: v.boolean(),
  showTimer: v.boolean(),
  showRemaining: v.boolean(),
  /** Whether selecting a digit highlights all of its kind. */
  highlightSame: v.boolean(),
  /** Of the last new game. */
  size: v.picklist<readonly Size[]>(sizes),
  level: v.picklist(levels.map((entry): Level => entry.name)),
};

/** All settings. */
export type Settings = {
  readonly [Name in keyof typeof forms]: v.InferOutput<typeof forms[Name]>;
};

/** What holds until the player changes it. */
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
  /** Counts the changes of this setting. */
  number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER)),
  /** The tab that made it. */
  writer: v.pipe(v.string(), v.regex(namePattern)),
});

type Change = Readonly<v.InferOutput<typeof change>>;

/** By setting: the last change. A setting that was never changed is missing. */
export type SavedSettings = { readonly [Name in keyof Settings]?: Change };

/** The form of saved settings. Names and values of other versions are left out. */
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

/** Returns all settings as they stand. */
export function settingsOf(saved: SavedSettings): Settings {
  const changed = settingNames.flatMap((name) => {
    const entry = saved[name];
    return entry ? [[name, entry.value]] : [];
  });
  return Object.freeze({ ...defaultSettings, ...Object.fromEntries(changed) });
}

/** Returns the settings after a tab changed some. */
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

/** Takes the later change of each setting. */
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
  // Any rule will do, if all tabs have the same.
  return `${a.writer} ${a.value}` > `${b.writer} ${b.value}` ? a : b;
}

/** The same settings always make the same text. */
function inOrder(saved: SavedSettings): SavedSettings {
  return mergeSettings(saved, {});
}
