/**
 * The CSS files, in the order in which they are joined. A later file may override an earlier file.
 */
const sheets = Object.freeze([
  "theme.css",
  "layout.css",
  "board.css",
  "cell.css",
  "controls.css",
  "dialog.css",
  "hint.css",
  "print.css",
]);

/**
 * Returns all styles, except the style of the generated digits. Comments and most line breaks are
 * removed.
 */
export async function joinStyles(): Promise<string> {
  const folder = new URL("../page/styles/", import.meta.url);
  const texts = await Promise.all(sheets.map((name) => Deno.readTextFile(new URL(name, folder))));
  return texts.join("\n")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/\s*\n\s*/g, "\n")
    .replaceAll(/([{;,:])\n/g, "$1");
}
