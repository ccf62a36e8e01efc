/** Formats numbers for the README. */

/** 0.9789 with one digit becomes 97.9 %. */
export function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Rounds to three significant digits: 237,877 becomes 238,000. */
export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", {
    maximumFractionDigits: 10,
  });
}

/** Rounds to a whole number with thousands separators. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Returns the first two numbers of a version. */
export function shortVersion(version: string | number): string {
  return String(version).split(".").slice(0, 2).join(".");
}
