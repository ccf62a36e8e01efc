/// <reference lib="dom" />
/**
 * Handles events that concern the whole page. Such an event occurs when the page is hidden or
 * closed, when another tab changes the saved data, when the part of the address after "#" changes,
 * or when the system switches between light and dark.
 */
import { isPaused } from "../../game/mod.ts";
import type { App } from "../state/app.ts";
import { playLink } from "../state/first_game.ts";
import { applySettings } from "../state/apply_settings.ts";

/** Starts listening for events that concern the whole page. */
export function listenToPage(app: App): void {
  let isPausedByUs = false;
  const setPause = (isHidden: boolean) => {
    const game = app.game.value;
    if (game === null) return;
    if (isHidden && !isPaused(game)) {
      isPausedByUs = true;
      app.act({ type: "pause" });
    } else if (!isHidden && isPausedByUs) {
      isPausedByUs = false;
      app.act({ type: "resume" });
    }
  };
  document.addEventListener("visibilitychange", () => {
    setPause(document.hidden);
    if (document.hidden) app.saving.save();
  });
  addEventListener("pagehide", () => app.saving.save());
  addEventListener("storage", ({ key }) => {
    if (app.saving.receive(key)) app.say(app.texts.value.said.otherTab);
  });
  addEventListener("hashchange", () => playLink(app, location.hash));
  matchMedia("(prefers-color-scheme: dark)").addEventListener(
    "change",
    () => applySettings(document.documentElement, app.settings.value, app.language.value),
  );
}
