/**
 * Supplies the faces (the pictures) of the digits on a board. A clear picture is converted to an
 * outline, a raw picture is kept as pixels, and a plain digit comes from a font.
 */
import { fileURLToPath } from "node:url";
import { create, type Font } from "fontkit";
import sharp from "sharp";
import {
  type DigitIndex,
  type DigitKind,
  digitKinds,
  type DigitTheme,
  pictureFor,
} from "../digit_index.ts";
import { DigitsError } from "../digits_error.ts";
import { type Outline, outlineOf } from "../outline.ts";
import { inkColours } from "../sheet.ts";

/** The appearance of a digit, which is drawn in a unit square. */
export type Face =
  | { readonly kind: "outline"; readonly outline: Outline }
  | { readonly kind: "pixels"; readonly png: Uint8Array };

/** All kinds of faces. The first kind is the default. */
export const faceKinds: readonly FaceKind[] = [...digitKinds, "plain"];
export type FaceKind = DigitKind | "plain";

export interface FaceOptions {
  readonly kind: FaceKind;
  readonly theme: DigitTheme;
  /** A whole number that determines which picture is used for each digit. */
  readonly seed: number;
}

/** The sheet of digits, loaded into memory. */
export interface DigitSheet {
  readonly index: DigitIndex;
  /** The ink of each picture as `[side * side]` values from 0 to 255. */
  readonly inks: readonly Uint8Array[];
}

/**
 * Prepares the faces for a board.
 *
 * @returns a function that returns the face for a given digit in a given row. The function throws a
 * {@linkcode DigitsError} if the sheet has no picture of the digit.
 */
export async function openFaces(
  { index, inks }: DigitSheet,
  { kind, theme, seed }: FaceOptions,
): Promise<(digit: number, row: number) => Face> {
  if (kind === "plain") {
    const outlines = plainOutlines();
    return (digit) => ({ kind: "outline", outline: outlines[digit] });
  }
  const faces = await Promise.all(inks.map((ink) => drawFace(ink, index.side, kind, theme)));
  return (digit, row) => {
    const picture = pictureFor(index, { kind, digit, row, seed });
    if (picture !== undefined) return faces[picture];
    throw new DigitsError(
      `Drawing a board: wanted a ${kind} picture of ${digit}, found none on the sheet.`,
    );
  };
}

async function drawFace(
  ink: Uint8Array,
  side: number,
  kind: DigitKind,
  theme: DigitTheme,
): Promise<Face> {
  if (kind === "clear") return { kind: "outline", outline: outlineOf(ink, side) };
  const pixels = new Uint8Array(ink.length * 4);
  ink.forEach((value, at) => pixels.set([...inkColours[theme], value], at * 4));
  const raw = { width: side, height: side, channels: 4 } as const;
  return { kind: "pixels", png: await sharp(pixels, { raw }).png().toBuffer() };
}

/**
 * The height of a plain digit as a fraction of its square. Generated digits are as tall as plain
 * digits.
 */
const PLAIN_HEIGHT = 20 / 28;

/**
 * Returns the outlines of the digits 0 to 9 in the font DejaVu Sans. Each digit is centred in its
 * square.
 */
function plainOutlines(): Outline[] {
  const url = new URL("ttf/DejaVuSans.ttf", import.meta.resolve("dejavu-fonts-ttf/package.json"));
  const font = create(
    Deno.readFileSync(fileURLToPath(url)) as Parameters<typeof create>[0],
  ) as Font;
  return Array.from({ length: 10 }, (_, digit) => {
    const { path } = font.glyphForCodePoint("0".charCodeAt(0) + digit);
    const { minX, maxX, minY, maxY } = path.bbox;
    const scale = PLAIN_HEIGHT / (maxY - minY);
    return path
      .translate(-(minX + maxX) / 2, -(minY + maxY) / 2)
      // In a font, the y axis points up.
      .scale(scale, -scale)
      .translate(0.5, 0.5)
      .toSVG();
  });
}
