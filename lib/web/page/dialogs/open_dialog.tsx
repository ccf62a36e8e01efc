/** The dialog that is open, if one is. */
import type { FunctionComponent } from "preact";
import { type DialogName, useApp } from "../state/app.ts";
import { Help } from "./help.tsx";
import { Menu } from "./menu.tsx";
import { NewGame } from "./new_game.tsx";
import { SettingsDialog } from "./settings_dialog.tsx";

const dialogs: Readonly<Partial<Record<DialogName, FunctionComponent>>> = {
  menu: Menu,
  newGame: NewGame,
  settings: SettingsDialog,
  help: Help,
};

export function OpenDialog() {
  const name = useApp().dialog.value;
  const Open = name === null ? undefined : dialogs[name];
  return Open ? <Open key={name} /> : null;
}
