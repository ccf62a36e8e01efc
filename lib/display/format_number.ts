/** Formats numbers for use in text. */

/** Formats a fraction as a percentage: 0.9789 with one decimal place becomes 97.9 %. */
export function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Rounds a number to three significant digits: 237,877 becomes 238,000. */
export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", {
    maximumFractionDigits: 10,
  });
}

/** Rounds a number to an integer, and formats it with thousands separators. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Returns the first two parts of a version number: 4.22.0 becomes 4.22. */
export function shortVersion(version: string | number): string {
  return String(version).split(".").slice(0, 2).join(".");
}
