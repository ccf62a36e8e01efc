/**
 * Puts the digits’ pictures into the style sheet and the script, so that no other file is needed.
 */
import { digitsFolder, readDigitIndex } from "../../digits/digit_files.ts";
import { type DigitIndex, sheetSize } from "../../digits/digit_index.ts";

/**
 * Returns the style that gives a generated digit its ink. The sheet is a mask, so one sheet serves
 * every colour. The sheet is embedded in the style sheet, so it also works in a page from disk.
 */
export async function digitStyles(index: DigitIndex): Promise<string> {
  const bytes = await Deno.readFile(`${digitsFolder()}/${index.sheets.light}`);
  const { height, width } = sheetSize(index);
  const size = [width, height].map((pixels) => `${pixels / index.side * 100}%`).join(" ");
  const mask = `url("data:image/webp;base64,${bytes.toBase64()}")`;
  return `.digit.drawn{mask-image:${mask};mask-size:${size}}\n`;
}

/** Returns a script that gives the page the position of each picture on the sheet. */
export async function digitScript(): Promise<{ index: DigitIndex; script: string }> {
  const index = await readDigitIndex();
  return { index, script: `globalThis.sudoganDigits=${JSON.stringify(index)};` };
}
