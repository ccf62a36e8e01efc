/** Selects the picture of a digit in a cell, and finds its position on the sheet. */
import {
  type DigitIndex,
  type DigitPicture,
  pictureFor,
  type PictureWish,
  sheetSize,
} from "../../../digits/digit_index.ts";

/** A global that the build writes before the page's script. */
const index = (globalThis as unknown as { sudoganDigits: DigitIndex }).sudoganDigits;

export interface Picture extends DigitPicture {
  /** The position of its tile on the sheet, as CSS writes it for a mask. */
  readonly position: string;
  /** The seed of its sequence of latents. */
  readonly seed: number;
}

/** Returns the picture of a cell, or undefined if it has none. */
export function pictureOf(wish: PictureWish): Picture | undefined {
  const number = pictureFor(index, wish);
  if (number === undefined) return undefined;
  const rows = sheetSize(index).height / index.side;
  const [column, row] = [number % index.columns, Math.floor(number / index.columns)];
  const share = (at: number, count: number) => `${count > 1 ? at / (count - 1) * 100 : 0}%`;
  const position = `${share(column, index.columns)} ${share(row, rows)}`;
  return { ...index.pictures[number], position, seed: index.seed };
}

/** Returns the sequence of latents that the pictures come from. */
export function latentsOfSheet(): Pick<DigitIndex, "seed" | "latentSize"> {
  return index;
}

/** Returns a number that distinguishes a game's pictures from those of another game. */
export function saltOf(id: string): number {
  let salt = 0;
  for (const character of id) salt = (salt * 31 + character.charCodeAt(0)) % 65_521;
  return salt;
}
