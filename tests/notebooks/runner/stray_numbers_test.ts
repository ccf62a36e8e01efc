import { assertEquals } from "@std/assert";
import { strayNumbers } from "../../../lib/notebooks/runner/stray_numbers.ts";
import type { Notebook } from "../../../lib/notebooks/runner/notebook_file.ts";
import { notebookOf, prose } from "../../support/small_notebook.ts";

const cases: [name: string, text: string, output: string, found: string[]][] = [
  ["a number in an output", "The mean is 0.131.", "mean 0.131", []],
  ["a number in no output", "The mean is 0.132.", "mean 0.131", [".132"]],
  ["a number in code", "At 0.25 it turns.", "", []],
  ["single digits", "three, 4 and 5", "", []],
  ["whole numbers", "64 of 128 are, which is 50 %", "64 128", ["50"]],
  ["links", "[next](03-training.ipynb)", "", []],
  ["large whole numbers", "60,000 images, 59,999", "60000", ["59999"]],
  ["a zero before the point", "rests at .688", "0.688", []],
  ["a part of a longer number", "it is 1.5", "11.5", ["1.5"]],
  ["references", "(2014, arXiv 1406.2661, https://x.org/1.25)", "", []],
];

for (const [name, text, output, found] of cases) {
  Deno.test(`numbers in prose are compared with the run: ${name}`, () => {
    const notebook = notebookOf("const turn = 0.25;");
    const [cell] = notebook.cells;
    if (cell.cell_type === "code") {
      cell.outputs = [{ output_type: "stream", name: "stdout", text: output }];
    }
    notebook.cells.push(prose(text));
    assertEquals(strayNumbers(notebook).map(({ number }) => number), found);
  });
}

Deno.test("quoted numbers are listed with their cells", () => {
  const notebook = notebookOf("1");
  notebook.cells.push(prose("NS-GAN: 6.8 and 9.9", { quoted: ["6.8"] }));
  assertEquals(strayNumbers(notebook), [{ cell: "prose", number: "9.9" }]);
});

/**
 * Returns a notebook with an output, then the given number of code cells, and then a text cell that
 * repeats a number from the output.
 */
function distant(cells: number): Notebook {
  const notebook = notebookOf("show();");
  const [cell] = notebook.cells;
  if (cell.cell_type === "code") {
    cell.outputs = [{ output_type: "stream", name: "stdout", text: "mean 0.131" }];
  }
  for (let i = 0; i < cells; i++) notebook.cells.push(...notebookOf("1").cells);
  notebook.cells.push(prose("The mean is 0.131."));
  return notebook;
}

Deno.test("an output bears out what is told at most eight cells away", () => {
  assertEquals(strayNumbers(distant(7)), []);
  assertEquals(strayNumbers(distant(8)).map(({ number }) => number), [".131"]);
  const before = distant(8);
  before.cells.reverse();
  assertEquals(strayNumbers(before).map(({ number }) => number), [".131"]);
});

Deno.test("prose may repeat a number that is told near its output, or that is in code", () => {
  const notebook = distant(8);
  notebook.cells.splice(1, 0, prose("It is 0.131."));
  assertEquals(strayNumbers(notebook), []);
  const constant = distant(8);
  constant.cells.push(...notebookOf("const mean = 0.131;").cells);
  assertEquals(strayNumbers(constant), []);
});
