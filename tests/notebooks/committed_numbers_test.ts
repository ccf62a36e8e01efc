/**
 * Tests that each number in the prose of a notebook also occurs in the notebook's outputs or code.
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
  Deno.test(`${name}: each number in the prose occurs in an output or in code, or is quoted`, async () => {
    assertEquals(strayNumbers(await readNotebook(`${folder}/${name}`)), []);
  });
}
