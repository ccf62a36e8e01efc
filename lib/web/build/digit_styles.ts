/** The digits’ pictures as part of the style sheet and the script: no other file is needed. */
import { digitsFolder, readDigitIndex } from "../../digits/digit_files.ts";
import { type DigitIndex, sheetSize } from "../../digits/digit_index.ts";

/**
 * Returns the style that gives a drawn digit its ink. The sheet is a mask, so that one serves every
 * colour; as part of the style sheet it may be one on a page from disk too.
 */
export async function digitStyles(index: DigitIndex): Promise<string> {
  const bytes = await Deno.readFile(`${digitsFolder()}/${index.sheets.light}`);
  const { height, width } = sheetSize(index);
  const size = [width, height].map((pixels) => `${pixels / index.side * 100}%`).join(" ");
  const mask = `url("data:image/webp;base64,${bytes.toBase64()}")`;
  return `.digit.drawn{mask-image:${mask};mask-size:${size}}\n`;
}

/** Returns a script that tells the page where on the sheet each picture lies. */
export async function digitScript(): Promise<{ index: DigitIndex; script: string }> {
  const index = await readDigitIndex();
  return { index, script: `globalThis.sudoganDigits=${JSON.stringify(index)};` };
}
