import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../../../notebooks/runner/notebook_file.ts";
import { notebookPage, titleOfNotebook } from "./notebook_page.ts";

/** A published notebook. */
export interface NotebookLink {
  /** The address of the page, relative to the game. */
  readonly href: string;
  readonly title: string;
}

const folder = new URL("../../../../notebooks/", import.meta.url);

/** Returns the links to all notebooks in order, and the files of their pages. */
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
