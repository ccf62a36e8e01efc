/** Which picture a digit in a cell has, and where on the sheet it lies. */
import {
  type DigitIndex,
  type DigitPicture,
  pictureFor,
  type PictureWish,
  sheetSize,
} from "../../../digits/digit_index.ts";

/** Written in front of the page's script when it is built. */
const index = (globalThis as unknown as { sudoganDigits: DigitIndex }).sudoganDigits;

export interface Picture extends DigitPicture {
  /** Where its tile lies, as CSS says it for a mask. */
  readonly position: string;
  /** Names the sequence of latents that it is from. */
  readonly seed: number;
}

/** Returns the picture that a cell shows, or undefined where there is none. */
export function pictureOf(wish: PictureWish): Picture | undefined {
  const number = pictureFor(index, wish);
  if (number === undefined) return undefined;
  const rows = sheetSize(index).height / index.side;
  const [column, row] = [number % index.columns, Math.floor(number / index.columns)];
  const share = (at: number, count: number) => `${count > 1 ? at / (count - 1) * 100 : 0}%`;
  const position = `${share(column, index.columns)} ${share(row, rows)}`;
  return { ...index.pictures[number], position, seed: index.seed };
}

/** Returns the sequence of latents that the pictures were drawn from. */
export function latentsOfSheet(): Pick<DigitIndex, "seed" | "latentSize"> {
  return index;
}

/** Returns a number that tells a game's pictures from another's. */
export function saltOf(id: string): number {
  let salt = 0;
  for (const character of id) salt = (salt * 31 + character.charCodeAt(0)) % 65_521;
  return salt;
}
