/** Selects the picture of a digit in a cell, and finds its position on the sheet. */
import {
  type DigitIndex,
  type DigitPicture,
  pictureFor,
  type PictureWish,
  sheetSize,
} from "../../../digits/digit_index.ts";

/** A global variable that the build writes before the page's script. */
const index = (globalThis as unknown as { sudoganDigits: DigitIndex }).sudoganDigits;

export interface Picture extends DigitPicture {
  /** The position of its tile on the sheet, as a CSS mask position. */
  readonly position: string;
  /** The seed of the sequence that its latent comes from. */
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

/** Returns the seed of the latents from which the pictures were made, and the size of a latent. */
export function latentsOfSheet(): Pick<DigitIndex, "seed" | "latentSize"> {
  return index;
}

/** Returns a number that gives a game its own pictures of digits. */
export function saltOf(id: string): number {
  let salt = 0;
  for (const character of id) salt = (salt * 31 + character.charCodeAt(0)) % 65_521;
  return salt;
}
