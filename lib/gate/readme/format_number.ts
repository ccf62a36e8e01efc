/** Formats numbers for the README. */

/** Formats a fraction as a percentage. For example, 0.9789 with one digit becomes 97.9 %. */
export function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/**
 * Formats a number with three significant digits and thousands separators. For example, 237,877
 * becomes 238,000.
 */
export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", {
    maximumFractionDigits: 10,
  });
}

/** Rounds a number to an integer, and formats it with thousands separators. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Returns a version's first two numbers. */
export function shortVersion(version: string | number): string {
  return String(version).split(".").slice(0, 2).join(".");
}
