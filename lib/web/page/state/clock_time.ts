/** Formats playing times, such as 4:07 or 1:04:07. */

/** Returns a playing time as text. The time is rounded down to whole seconds. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, index) => index > 0 ? String(part).padStart(2, "0") : part).join(":");
}
