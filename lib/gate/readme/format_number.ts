/** How the README writes numbers. */

/** 0.9789 as 97.9 % with one digit. */
export function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Three significant digits, thousands apart: 237,877 as 238,000. */
export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", {
    maximumFractionDigits: 10,
  });
}

/** Thousands apart. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Without the zero before the point: .688. */
export function fraction(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^0/, "");
}

/** A version's first two numbers. */
export function shortVersion(version: string | number): string {
  return String(version).split(".").slice(0, 2).join(".");
}
