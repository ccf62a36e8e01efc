/**
 * Reads the images of a cell back from its sheet. Cells are committed without their generators, and
 * the 64 images of the sheet are the only ones that remain.
 */
import sharp from "sharp";
import type { ByteImages } from "../../images.ts";

/** The layout of a sheet of 28x28 images (display/sheets.ts). */
const COLUMNS = 8;
const SIDE = 28;
const SCALE = 2;
const GAP = 2;

/**
 * Returns the images of a sheet that has eight columns.
 *
 * @param png the bytes of the sheet
 * @throws {RangeError} when the picture is not such a sheet
 */
export async function readSheet(png: Uint8Array): Promise<ByteImages> {
  const { data, info } = await sharp(png).toColourspace("b-w").extractChannel(0).raw()
    .toBuffer({ resolveWithObject: true });
  const pitch = SIDE * SCALE + GAP;
  const rows = (info.height - GAP) / pitch;
  if (info.width !== COLUMNS * pitch + GAP || !Number.isInteger(rows) || rows < 1) {
    throw new RangeError(
      `Reading a sheet: wanted rows of ${COLUMNS} images of ${SIDE}x${SIDE}, found a picture of ` +
        `${info.width}x${info.height}.`,
    );
  }
  const count = rows * COLUMNS;
  const pixels = new Uint8Array(count * SIDE * SIDE);
  for (let i = 0; i < pixels.length; i++) {
    const image = Math.floor(i / SIDE ** 2);
    const y = GAP + Math.floor(image / COLUMNS) * pitch + Math.floor(i / SIDE) % SIDE * SCALE;
    const x = GAP + image % COLUMNS * pitch + i % SIDE * SCALE;
    pixels[i] = data[y * info.width + x];
  }
  return { pixels, count, height: SIDE, width: SIDE, range: "0..255" };
}
