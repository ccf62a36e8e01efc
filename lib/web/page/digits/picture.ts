/** Which picture a digit in a cell has. */
import type { DigitKind } from "./digit_sheet.ts";

export interface Picture {
  readonly kind: DigitKind;
  /** Where its tile lies, as CSS says it. */
  readonly position: string;
}

/** Returns the picture of a digit, or undefined where there is none. */
export function pictureOf(_digit: number, _kind: DigitKind, _pick: number): Picture | undefined {
  return undefined;
}

/** Returns a number that tells a game's pictures from another's. */
export function saltOf(id: string): number {
  let salt = 0;
  for (const character of id) salt = (salt * 31 + character.charCodeAt(0)) % 65_521;
  return salt;
}
