/// <reference lib="dom" />
/** Writes settings to the root element of the page, where the style sheet can use them. */
import type { Settings } from "../../game/mod.ts";
import type { Language } from "../texts.ts";

/** Writes the theme, the palette, the motion setting and the language to the root element. */
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
