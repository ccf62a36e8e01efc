/** Formats numbers for the README. */

/** Formats 0.9789 as 97.9 % with one digit. */
export function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Formats three significant digits with separators: 237,877 as 238,000. */
export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", {
    maximumFractionDigits: 10,
  });
}

/** Formats a whole number with separators. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Returns a version's first two numbers. */
export function shortVersion(version: string | number): string {
  return String(version).split(".").slice(0, 2).join(".");
}
