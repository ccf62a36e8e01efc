/** Shows a dialog in which the player changes the settings. */
import { useApp } from "../state/app.ts";
import type { Settings } from "../../game/mod.ts";
import { textsOf } from "../texts.ts";
import { CheckLine } from "./check.tsx";
import { Choices } from "./choices.tsx";
import { Dialog } from "./dialog.tsx";

/** The settings that are either on or off, in the order in which the dialog shows them. */
const switches = [
  "showConflicts",
  "showMistakes",
  "cleanNotes",
  "autoNotes",
  "highlightSame",
  "showRemaining",
  "showTimer",
] as const satisfies readonly (keyof Settings)[];

export function SettingsDialog() {
  const app = useApp();
  const { settings: words } = app.texts.value;
  const settings = app.settings.value;
  const choose = <Name extends keyof Settings & string>(
    name: Name,
    legend: string,
    options: readonly (readonly [Settings[Name] & string, string])[],
  ) => (
    <Choices
      legend={legend}
      name={name}
      value={settings[name] as Settings[Name] & string}
      options={options}
      onChoose={(value) => app.saving.set({ [name]: value })}
    />
  );
  const languages = (["en", "fr"] as const).map((name) => [name, textsOf[name].language] as const);
  return (
    <Dialog title={words.title}>
      {choose("digits", words.digits, entriesOf(words.kinds))}
      {choose("theme", words.theme, entriesOf(words.themes))}
      {choose("palette", words.palette, entriesOf(words.palettes))}
      {choose("language", words.language, [["system", words.languages.system], ...languages])}
      <div>
        {switches.map((name) => (
          <CheckLine
            key={name}
            text={words[name]}
            isOn={settings[name]}
            onChange={(isOn) => app.saving.set({ [name]: isOn })}
          />
        ))}
        <CheckLine
          text={words.motion}
          isOn={settings.motion === "reduced"}
          onChange={(isOn) => app.saving.set({ motion: isOn ? "reduced" : "system" })}
        />
      </div>
    </Dialog>
  );
}

function entriesOf<Name extends string>(texts: Readonly<Record<Name, string>>) {
  return Object.entries(texts) as [Name, string][];
}
