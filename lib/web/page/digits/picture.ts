/**
 * Chooses a picture for the digit in a cell, and finds the position of this picture on the sheet of
 * digits.
 */
import {
  type DigitIndex,
  type DigitPicture,
  pictureFor,
  type PictureWish,
  sheetSize,
} from "../../../digits/digit_index.ts";

/**
 * The index of the pictures on the sheet. The build writes it into a global variable, before the
 * script of the page.
 */
const index = (globalThis as unknown as { sudoganDigits: DigitIndex }).sudoganDigits;

export interface Picture extends DigitPicture {
  /** The position of the picture on the sheet, as a CSS mask position. */
  readonly position: string;
  /** The seed of a sequence of latents, one of which is the picture's latent. */
  readonly seed: number;
}

/** Returns the picture for a cell. Returns undefined if the sheet has no suitable picture. */
export function pictureOf(wish: PictureWish): Picture | undefined {
  const number = pictureFor(index, wish);
  if (number === undefined) return undefined;
  const rows = sheetSize(index).height / index.side;
  const [column, row] = [number % index.columns, Math.floor(number / index.columns)];
  const share = (at: number, count: number) => `${count > 1 ? at / (count - 1) * 100 : 0}%`;
  const position = `${share(column, index.columns)} ${share(row, rows)}`;
  return { ...index.pictures[number], position, seed: index.seed };
}

/**
 * Returns the seed of the latents from which the pictures were made, and the size of each latent.
 */
export function latentsOfSheet(): Pick<DigitIndex, "seed" | "latentSize"> {
  return index;
}

/**
 * Returns a number for a game. Different games usually get different numbers, and therefore
 * different pictures of the digits.
 */
export function saltOf(id: string): number {
  let salt = 0;
  for (const character of id) salt = (salt * 31 + character.charCodeAt(0)) % 65_521;
  return salt;
}
