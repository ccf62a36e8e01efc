/**
 * The pictures of digits: one sheet of them, and where each lies.
 *
 * A digit's value is kept apart from its picture; the page works the same without any sheet.
 */

/** Which pictures of a digit: the best of many, or the generator's first answers. */
export type DigitKind = "clear" | "raw";

/** A sheet of equal tiles, white on transparent, in rows and columns. */
export interface DigitSheet {
  readonly url: string;
  readonly columns: number;
  readonly rows: number;
  /** By kind and digit: the tiles, counted row by row. */
  readonly tiles: Readonly<Record<DigitKind, Readonly<Record<number, readonly number[]>>>>;
}
