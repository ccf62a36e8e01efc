/**
 * Defines the index that lists the pictures on the sheet of digits. This file has no imports, so a
 * page can also use it.
 */

/**
 * Pictures of the kind `clear` are the best of many generated images. Pictures of the kind `raw`
 * are the first images that the generator makes; they are enlarged, but not improved.
 */
export type DigitKind = "clear" | "raw";

/** All kinds of pictures. The first kind is the default. */
export const digitKinds: readonly DigitKind[] = ["clear", "raw"];

/** A picture on the sheet. */
export interface DigitPicture {
  /** The digit that the classifier reads in the image, from 1 to 9. */
  readonly digit: number;
  readonly kind: DigitKind;
  /**
   * The position of the image's latent in the sequence that belongs to the seed {@linkcode
   * DigitIndex.seed}.
   */
  readonly latent: number;
  /** The classifier's calibrated probability for `digit`. */
  readonly probability: number;
}

/** The content of data/digits/digits.json. */
export interface DigitIndex {
  readonly version: 1;
  /**
   * The seed for the sequence of latents. The function `latentOf` in latents.ts returns the latent
   * at a given position in the sequence.
   */
  readonly seed: number;
  readonly latentSize: number;
  /** The lowest probability at which an answer of the classifier counts as confident. */
  readonly threshold: number;
  /** Side length of a picture, in pixels. */
  readonly side: number;
  /** Number of pictures in each row of the sheet. */
  readonly columns: number;
  /**
   * The file names of the sheets, relative to the index. Each sheet has ink of a single colour on a
   * transparent background, so it can also be used as a mask.
   */
  readonly sheets: Readonly<Record<DigitTheme, string>>;
  /** The SHA-256 of each network's weights. */
  readonly weights: Readonly<Record<"generator" | "classifier" | "second", string>>;
  /** The pictures in the order in which they are on the sheet, row by row. */
  readonly pictures: readonly DigitPicture[];
}

/**
 * The theme `light` has dark ink for a light background. The theme `dark` has light ink for a dark
 * background.
 */
export type DigitTheme = "light" | "dark";

/** All themes. The first theme is the default. */
export const digitThemes: readonly DigitTheme[] = ["light", "dark"];

/** Returns a picture's distance from the left and top edges of the sheet, in pixels. */
export function placeOf(
  { columns, side }: Pick<DigitIndex, "columns" | "side">,
  picture: number,
): { readonly left: number; readonly top: number } {
  return { left: picture % columns * side, top: Math.floor(picture / columns) * side };
}

/** Returns the size of the sheet in pixels. */
export function sheetSize(
  { columns, side, pictures }: Pick<DigitIndex, "columns" | "side" | "pictures">,
): { readonly height: number; readonly width: number } {
  return { height: Math.ceil(pictures.length / columns) * side, width: columns * side };
}

/**
 * Returns the indices of all pictures of the given digit and kind, in ascending order.
 */
export function picturesOf(
  { pictures }: Pick<DigitIndex, "pictures">,
  kind: DigitKind,
  digit: number,
): number[] {
  // The page calls this for each digit on the board, so it allocates nothing but the answer.
  const numbers: number[] = [];
  for (let number = 0; number < pictures.length; number++) {
    const picture = pictures[number];
    if (picture.digit === digit && picture.kind === kind) numbers.push(number);
  }
  return numbers;
}

/** Describes the picture that a cell of the board needs. */
export interface PictureWish {
  readonly kind: DigitKind;
  readonly digit: number;
  readonly row: number;
  /** A whole number. Different seeds usually lead to different pictures. */
  readonly seed: number;
}

/**
 * Chooses the picture for a cell. The same request always gets the same picture. If the sheet has
 * enough pictures of a digit, then the digit gets a different picture in each row of the board.
 *
 * @returns an index in `pictures`; undefined if the sheet has no picture of this kind and digit
 */
export function pictureFor(
  index: Pick<DigitIndex, "pictures">,
  { kind, digit, row, seed }: PictureWish,
): number | undefined {
  const pictures = picturesOf(index, kind, digit);
  return pictures[(mix(seed, digit) + row) % pictures.length];
}

/**
 * Hashes two whole numbers to a whole number from 0 to 2^31 − 1. The function ends with the
 * finalizer of MurmurHash 3.
 */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
  return (hash ^ hash >>> 16) & 0x7fffffff;
}
