/** All that is not in sight. */
import { type DialogName, useApp } from "../state/app.ts";
import { Dialog } from "./dialog.tsx";

const entries = [
  ...["newGame", "daily", "own", "games", "explain", "share", "print"],
  ...["statistics", "data", "settings", "help", "made"],
] as readonly Exclude<DialogName, "menu">[];

export function Menu() {
  const { dialog, texts } = useApp();
  const { menu } = texts.value;
  return (
    <Dialog title={menu.menu}>
      <div class="menu">
        {entries.map((name) => (
          <button
            key={name}
            type="button"
            class="button bare"
            onClick={() => dialog.value = name}
          >
            {menu[name]}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
