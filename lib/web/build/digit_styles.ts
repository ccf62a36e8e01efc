/**
 * Writes the pictures of the digits into the style sheet, and the index of the pictures into a
 * script.
 */
import { digitsFolder, readDigitIndex } from "../../digits/digit_files.ts";
import { type DigitIndex, sheetSize } from "../../digits/digit_index.ts";

/**
 * Returns the style rule that draws a generated digit. The rule uses the sheet of pictures to mask
 * the ink colour, so one sheet is enough for all colours. The sheet is embedded in the CSS, so the
 * rule also works in a page opened from disk.
 */
export async function digitStyles(index: DigitIndex): Promise<string> {
  const bytes = await Deno.readFile(`${digitsFolder()}/${index.sheets.light}`);
  const { height, width } = sheetSize(index);
  const size = [width, height].map((pixels) => `${pixels / index.side * 100}%`).join(" ");
  const mask = `url("data:image/webp;base64,${bytes.toBase64()}")`;
  return `.digit.drawn{mask-image:${mask};mask-size:${size}}\n`;
}

/** Returns the index of the pictures, and a script that passes the index to the page. */
export async function digitScript(): Promise<{ index: DigitIndex; script: string }> {
  const index = await readDigitIndex();
  return { index, script: `globalThis.sudoganDigits=${JSON.stringify(index)};` };
}
