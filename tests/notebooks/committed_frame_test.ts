/**
 * Tests that each committed notebook has the sections that all notebooks of the course share. Also
 * tests that the solutions are folded, and that they check their results.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Notebook, readNotebook } from "../../lib/notebooks/runner/notebook_file.ts";
import { dirname, fromFileUrl } from "../support/paths.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 3)}/notebooks`;
const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
  .filter((name) => name.endsWith(".ipynb")).sort();

for (const [i, name] of names.entries()) {
  const notebook = await readNotebook(`${folder}/${name}`);
  const prose = notebook.cells.filter((cell) => cell.cell_type === "markdown")
    .map(({ source }) => source);

  Deno.test(`${name} begins with its question, requirements, duration and aims`, () => {
    for (const part of ["The question", "What you need", "Time", "What you will be able to do"]) {
      assertStringIncludes(prose[0], `**${part}.**`);
    }
  });

  Deno.test(`${name} has a summary of what was learned in four points`, () => {
    const [, learned] = prose.join("\n").split("## What you learned\n");
    assert(learned !== undefined, "there is no such section");
    const section = learned.split(/^##/m)[0];
    assertEquals(section.match(/^(?:-|\d\.) /gm)?.length, 4);
  });

  Deno.test(`${name} links to the notebooks before and after it`, () => {
    for (const neighbour of [names[i - 1], names[i + 1]]) {
      if (neighbour !== undefined) assertStringIncludes(prose.join("\n"), `](${neighbour})`);
    }
  });

  // JupyterLab serves only the notebooks folder, so a notebook cannot show pictures from other
  // folders.
  Deno.test(`${name} has no pictures that are files elsewhere`, () => {
    assertEquals(prose.join("\n").match(/!\[[^\]]*\]\(|<img /g), null);
  });

  Deno.test(`${name} has solutions that are folded and checked`, () => {
    const solutions = solutionsOf(notebook);
    assert(solutions.length > 0);
    for (const { title, code } of solutions) {
      for (const { id, metadata } of code) {
        assertEquals(metadata.tags, ["solution"], id);
        assertEquals((metadata.jupyter as Record<string, unknown>)?.source_hidden, true, id);
      }
      const sources = code.map(({ source }) => source).join("\n");
      assert(/\bcheck\w*\(/.test(sources), `${title} checks nothing`);
    }
  });
}

function solutionsOf({ cells }: Notebook) {
  return cells.flatMap(({ source, cell_type }, i) => {
    const title = /<summary>(Solution \d)<\/summary>/.exec(source)?.[1];
    if (cell_type !== "markdown" || title === undefined) return [];
    const rest = cells.slice(i + 1);
    const end = rest.findIndex((cell) => cell.cell_type !== "code");
    return [{ title, code: end < 0 ? rest : rest.slice(0, end) }];
  });
}
