/// <reference lib="dom" />
/** Writes settings to the page's root element, where the style sheet finds them. */
import type { Settings } from "../../game/mod.ts";
import type { Language } from "../texts.ts";

/** Writes the settings to the root element. */
export function applySettings(
  root: HTMLElement,
  settings: Settings,
  language: Language,
): void {
  const { theme, palette, motion } = settings;
  const isDark = theme === "dark" ||
    theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "dark" : "light";
  root.dataset.palette = palette;
  root.dataset.motion = motion;
  root.lang = language;
}
