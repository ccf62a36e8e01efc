/** Shows the menu, from which the player can open all other dialogs. */
import { type DialogName, useApp } from "../state/app.ts";
import { Dialog } from "./dialog.tsx";

const entries = [
  ...["newGame", "daily", "own", "games", "explain", "share", "print"],
  ...["statistics", "data", "settings", "help", "made"],
] as readonly Exclude<DialogName, "menu">[];

export function Menu() {
  const { dialog, texts, act } = useApp();
  const clear = () => {
    act({ type: "clear" });
    dialog.value = null;
  };
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
        <button type="button" class="button bare" onClick={clear}>
          {texts.value.action.clear}
        </button>
      </div>
    </Dialog>
  );
}
