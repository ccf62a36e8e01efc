/** Shows the dialog that is currently open, if there is one. */
import type { FunctionComponent } from "preact";
import { type DialogName, useApp } from "../state/app.ts";
import { steady } from "../view/steady.tsx";
import { Daily } from "./daily.tsx";
import { DataDialog } from "./data.tsx";
import { Explain } from "./explain.tsx";
import { Games } from "./games.tsx";
import { Help } from "./help.tsx";
import { Made } from "./made.tsx";
import { Menu } from "./menu.tsx";
import { NewGame } from "./new_game.tsx";
import { OwnPuzzle } from "./own_puzzle.tsx";
import { PrintDialog } from "./print_dialog.tsx";
import { SettingsDialog } from "./settings_dialog.tsx";
import { Share } from "./share.tsx";
import { StatisticsDialog } from "./statistics_dialog.tsx";

const dialogs: Readonly<Record<DialogName, FunctionComponent>> = {
  menu: Menu,
  newGame: NewGame,
  settings: SettingsDialog,
  help: Help,
  own: OwnPuzzle,
  daily: Daily,
  games: Games,
  statistics: StatisticsDialog,
  share: Share,
  data: DataDialog,
  made: Made,
  print: PrintDialog,
  explain: Explain,
};

export const OpenDialog = steady(() => {
  const name = useApp().dialog.value;
  const Open = name === null ? undefined : dialogs[name];
  return Open ? <Open key={name} /> : null;
});
