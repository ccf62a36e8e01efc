/**
 * The index of the sheet of digits: for each picture its digit, its kind, how sure the classifier
 * is, and the latent that the generator drew it from.
 *
 * Imports nothing, so that a page can use it. A digit's value and its picture are kept apart: a
 * cell holds the value, and {@linkcode pictureFor} says which picture shows it.
 */

/** `clear`: the best of many, each checked; `raw`: the first that came, as they came. */
export type DigitKind = "clear" | "raw";

/** The kinds, the default first. */
export const digitKinds: readonly DigitKind[] = ["clear", "raw"];

/** One picture of the sheet. */
export interface DigitPicture {
  /** The digit that it shows, 1 to 9: the classifier's answer. */
  readonly digit: number;
  readonly kind: DigitKind;
  /** The number of its latent in the sequence that {@linkcode DigitIndex.seed} names. */
  readonly latent: number;
  /** The calibrated probability of the answer, 0 to 1. */
  readonly probability: number;
}

/** data/digits/digits.json. */
export interface DigitIndex {
  readonly version: 1;
  /** Names the sequence of latents; `latentOf` in latents.ts draws one of them. */
  readonly seed: number;
  /** Numbers in a latent. */
  readonly latentSize: number;
  /** The probability from which the classifier counts as sure. */
  readonly threshold: number;
  /** Height and width of a picture on the sheet, pixels. */
  readonly side: number;
  /** Pictures in a row of the sheet. */
  readonly columns: number;
  /**
   * The sheets' files, beside the index: ink in the theme's colour on transparent ground, the
   * same pictures at the same places. Either also serves as a mask.
   */
  readonly sheets: Readonly<Record<DigitTheme, string>>;
  /** SHA-256 of the weights that drew and read the pictures. */
  readonly weights: Readonly<Record<"generator" | "classifier" | "second", string>>;
  /** In the order of the sheet, row by row. */
  readonly pictures: readonly DigitPicture[];
}

/** Colours: dark ink for a light ground, light ink for a dark one. */
export type DigitTheme = "light" | "dark";

/** The themes, the default first. */
export const digitThemes: readonly DigitTheme[] = ["light", "dark"];

/** Where a picture is on the sheet, pixels from its left and upper edge. */
export function placeOf(
  { columns, side }: Pick<DigitIndex, "columns" | "side">,
  picture: number,
): { readonly left: number; readonly top: number } {
  return { left: picture % columns * side, top: Math.floor(picture / columns) * side };
}

/** Height and width of the whole sheet, pixels. */
export function sheetSize(
  { columns, side, pictures }: Pick<DigitIndex, "columns" | "side" | "pictures">,
): { readonly height: number; readonly width: number } {
  return { height: Math.ceil(pictures.length / columns) * side, width: columns * side };
}

/** The numbers of the pictures of a digit, in the order of the sheet. */
export function picturesOf(
  { pictures }: Pick<DigitIndex, "pictures">,
  kind: DigitKind,
  digit: number,
): number[] {
  return pictures.flatMap((picture, number) =>
    picture.digit === digit && picture.kind === kind ? [number] : []
  );
}

/** A cell that wants a picture. */
export interface PictureWish {
  readonly kind: DigitKind;
  readonly digit: number;
  /** The cell's row: a digit stands once in each. */
  readonly row: number;
  /** Any whole number: another one, other pictures. */
  readonly seed: number;
}

/**
 * The picture that a cell shows: always the same one for the same wish, and for a digit another
 * one in every row as long as there are enough.
 *
 * @returns the picture's number, or undefined where the sheet has none of the digit
 */
export function pictureFor(
  index: Pick<DigitIndex, "pictures">,
  { kind, digit, row, seed }: PictureWish,
): number | undefined {
  const pictures = picturesOf(index, kind, digit);
  return pictures[(mix(seed, digit) + row) % pictures.length];
}

/** A hash of two whole numbers, 0 to 2^31 − 1 (the finalizer of MurmurHash 3). */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
  return (hash ^ hash >>> 16) & 0x7fffffff;
}
