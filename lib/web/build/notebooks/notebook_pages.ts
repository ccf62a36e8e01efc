import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../../../notebooks/runner/notebook_file.ts";
import { notebookPage, titleOfNotebook } from "./notebook_page.ts";

/** A link to the page of a notebook. */
export interface NotebookLink {
  /** Address of the page, relative to the address of the game. */
  readonly href: string;
  readonly title: string;
}

const folder = new URL("../../../../notebooks/", import.meta.url);

/**
 * Returns links to all notebooks, sorted by file name, and the contents of the notebooks' pages,
 * keyed by file name.
 */
export async function notebookPages(): Promise<{
  readonly links: readonly NotebookLink[];
  readonly files: Readonly<Record<string, string>>;
}> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort();
  const notebooks = await Promise.all(names.map(async (name) => {
    const notebook = await readNotebook(fileURLToPath(new URL(name, folder)));
    const href = `notebooks/${basename(name, ".ipynb")}.html`;
    return { href, title: titleOfNotebook(notebook), page: notebookPage(notebook) };
  }));
  const style = await Deno.readTextFile(new URL("./notebook.css", import.meta.url));
  return {
    links: notebooks.map(({ href, title }) => ({ href, title })),
    files: {
      ...Object.fromEntries(notebooks.map(({ href, page }) => [href, page])),
      "notebooks/style.css": style,
    },
  };
}
