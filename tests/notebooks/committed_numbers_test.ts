/**
 * Tests that the numbers in the prose of each committed notebook appear in its code or in a nearby
 * output, or are marked as quoted, and that this check would catch most wrong decimal numbers.
 */
import { assertEquals, assertGreater } from "@std/assert";
import { readNotebook } from "../../lib/notebooks/runner/notebook_file.ts";
import { strayNumbers } from "../../lib/notebooks/runner/stray_numbers.ts";
import { dirname, fromFileUrl } from "../support/paths.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 3)}/notebooks`;
const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
  .filter((name) => name.endsWith(".ipynb")).sort();

Deno.test("there are at least four notebooks", () => assertGreater(names.length, 3));

for (const name of names) {
  Deno.test(`${name}: each number in the prose is in code or in an output nearby, or is quoted`, async () => {
    assertEquals(strayNumbers(await readNotebook(`${folder}/${name}`)), []);
  });
}

Deno.test("most decimal numbers in the prose would be found if their last digit were wrong", async () => {
  const counts = { all: 0, found: 0 };
  for (const name of names) {
    const { cells, ...notebook } = await readNotebook(`${folder}/${name}`);
    for (const [at, cell] of cells.entries()) {
      if (cell.cell_type !== "markdown") continue;
      // Every third number is enough, since each is compared with the whole notebook.
      const numbers = [...cell.source.matchAll(/(?<!\d|\d\.|arXiv.*)\d{1,3}\.\d+/g)];
      for (const { index, 0: number } of numbers.filter((_, i) => i % 3 === 0)) {
        const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
        const rest = cell.source.slice(index + number.length);
        const changed = { ...cell, source: cell.source.slice(0, index) + wrong + rest };
        const stray = strayNumbers({ ...notebook, cells: cells.with(at, changed) });
        counts.all++;
        if (stray.length > 0) counts.found++;
      }
    }
  }
  assertGreater(counts.all, 80);
  // The others have a neighbour that is shown nearby too, such as .001 beside .002.
  assertGreater(counts.found / counts.all, 0.85);
});
