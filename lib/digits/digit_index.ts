/**
 * Defines the index of the sheet of digits. For each picture, the index lists the digit, the kind,
 * the classifier's confidence, and the latent from which the generator made the image.
 *
 * This file has no imports, so that a page can use it. A digit's value and its picture are
 * separate: a cell holds the value, and {@linkcode pictureFor} selects its picture.
 */

/**
 * `clear` pictures are the best of many images, and each one is checked. `raw` pictures are the
 * first images of a digit that the generator makes, unchanged except for their size.
 */
export type DigitKind = "clear" | "raw";

/** The kinds of pictures, the default first. */
export const digitKinds: readonly DigitKind[] = ["clear", "raw"];

/** One picture of the sheet. */
export interface DigitPicture {
  /** The digit in the picture, 1 to 9, as read by the classifier. */
  readonly digit: number;
  readonly kind: DigitKind;
  /**
   * The index of the image's latent in the sequence that {@linkcode DigitIndex.seed} determines.
   */
  readonly latent: number;
  /** The calibrated probability that the classifier gives to its answer, 0 to 1. */
  readonly probability: number;
}

/** The content of data/digits/digits.json. */
export interface DigitIndex {
  readonly version: 1;
  /**
   * The seed that determines the sequence of latents. `latentOf` in latents.ts returns a latent by
   * its index.
   */
  readonly seed: number;
  /** The number of values in a latent. */
  readonly latentSize: number;
  /** The lowest probability at which the classifier counts as confident. */
  readonly threshold: number;
  /** The height and width, in pixels, of a picture on the sheet. */
  readonly side: number;
  /** The number of pictures in a row of the sheet. */
  readonly columns: number;
  /**
   * The sheets' file names; the files are next to the index. Each sheet has ink in its theme's
   * colour on a transparent background. All sheets have the same pictures at the same positions.
   * Each sheet can also serve as a mask.
   */
  readonly sheets: Readonly<Record<DigitTheme, string>>;
  /** SHA-256 of the weights that generated and read the pictures. */
  readonly weights: Readonly<Record<"generator" | "classifier" | "second", string>>;
  /** The pictures in the order of the sheet, row by row. */
  readonly pictures: readonly DigitPicture[];
}

/** The colour themes: dark ink for a light background, or light ink for a dark one. */
export type DigitTheme = "light" | "dark";

/** The themes, the default first. */
export const digitThemes: readonly DigitTheme[] = ["light", "dark"];

/** Returns the position of a picture, in pixels from the left and upper edges of the sheet. */
export function placeOf(
  { columns, side }: Pick<DigitIndex, "columns" | "side">,
  picture: number,
): { readonly left: number; readonly top: number } {
  return { left: picture % columns * side, top: Math.floor(picture / columns) * side };
}

/** Returns the height and width of the whole sheet in pixels. */
export function sheetSize(
  { columns, side, pictures }: Pick<DigitIndex, "columns" | "side" | "pictures">,
): { readonly height: number; readonly width: number } {
  return { height: Math.ceil(pictures.length / columns) * side, width: columns * side };
}

/** Returns the indices in `pictures` of a digit's pictures of one kind, in ascending order. */
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

/** A request for a cell's picture. */
export interface PictureWish {
  readonly kind: DigitKind;
  readonly digit: number;
  /** The cell's row. A digit occurs only once in a row. */
  readonly row: number;
  /** A whole number. Different seeds give different pictures. */
  readonly seed: number;
}

/**
 * Chooses the picture for a cell. The same request always gives the same picture. A digit gets a
 * different picture in every row, as long as there are enough pictures of it.
 *
 * @returns the picture's position in `pictures`, or undefined if the sheet has no picture of the
 * digit
 */
export function pictureFor(
  index: Pick<DigitIndex, "pictures">,
  { kind, digit, row, seed }: PictureWish,
): number | undefined {
  const pictures = picturesOf(index, kind, digit);
  return pictures[(mix(seed, digit) + row) % pictures.length];
}

/** Hashes two whole numbers into the range 0 … 2^31 − 1 (the finalizer of MurmurHash 3). */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
  hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
  return (hash ^ hash >>> 16) & 0x7fffffff;
}
