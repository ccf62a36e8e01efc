/// <reference lib="dom" />
/** Settings that the style sheet reads, on the page's root element. */
import type { Settings } from "./settings.ts";

/** Writes the settings to the root element. */
export function applySettings(root: HTMLElement, settings: Settings): void {
  const { theme, palette, motion, language } = settings;
  const isDark = theme === "dark" ||
    theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "dark" : "light";
  root.dataset.palette = palette;
  root.dataset.motion = motion;
  root.lang = language;
}
