/**
 * Defines the index of the sheet of digits. This file has no imports and can be used in a page.
 */

/**
 * `clear` pictures are the best of many images. `raw` pictures are the first images that the
 * generator makes, enlarged but not improved.
 */
export type DigitKind = "clear" | "raw";

/** All kinds of pictures, the default first. */
export const digitKinds: readonly DigitKind[] = ["clear", "raw"];

/** A picture on the sheet. */
export interface DigitPicture {
  /** 1 to 9, as read by the classifier. */
  readonly digit: number;
  readonly kind: DigitKind;
  /** The index of the image's latent in the sequence of {@linkcode DigitIndex.seed}. */
  readonly latent: number;
  /** The classifier's calibrated probability for `digit`. */
  readonly probability: number;
}

/** The content of data/digits/digits.json. */
export interface DigitIndex {
  readonly version: 1;
  /** The seed of the latents; `latentOf` in latents.ts returns a latent by its index. */
  readonly seed: number;
  readonly latentSize: number;
  /** The lowest probability that counts as confident. */
  readonly threshold: number;
  /** Height and width of a picture, in pixels. */
  readonly side: number;
  /** Pictures per row of the sheet. */
  readonly columns: number;
  /**
   * File names, relative to the index. Each sheet has ink of one colour on a transparent background
   * and can serve as a mask.
   */
  readonly sheets: Readonly<Record<DigitTheme, string>>;
  /** SHA-256 of the weights of each network. */
  readonly weights: Readonly<Record<"generator" | "classifier" | "second", string>>;
  /** The pictures, in the sheet's order, row by row. */
  readonly pictures: readonly DigitPicture[];
}

/** `light` is dark ink for a light background; `dark` is light ink for a dark background. */
export type DigitTheme = "light" | "dark";

/** All themes, the default first. */
export const digitThemes: readonly DigitTheme[] = ["light", "dark"];

/** Returns a picture's distance from the left and upper edges of the sheet, in pixels. */
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

/** Returns the indices of a digit's pictures of one kind, in ascending order. */
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

/** The cell that needs a picture. */
export interface PictureWish {
  readonly kind: DigitKind;
  readonly digit: number;
  readonly row: number;
  /** A whole number that selects the pictures. */
  readonly seed: number;
}

/**
 * Chooses the picture for a cell. Equal requests get equal pictures. A digit gets a different
 * picture in every row, if the sheet has enough pictures.
 *
 * @returns an index in `pictures`; undefined if the sheet lacks the digit
 */
export function pictureFor(
  index: Pick<DigitIndex, "pictures">,
  { kind, digit, row, seed }: PictureWish,
): number | undefined {
  const pictures = picturesOf(index, kind, digit);
  return pictures[(mix(seed, digit) + row) % pictures.length];
}

/** Hashes two whole numbers into 0 … 2^31 − 1, with the finalizer of MurmurHash 3. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
  return (hash ^ hash >>> 16) & 0x7fffffff;
}
