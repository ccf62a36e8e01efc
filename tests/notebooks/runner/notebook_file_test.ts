import { assertEquals, assertThrows } from "@std/assert";
import {
  formatNotebook,
  NotebookError,
  parseNotebook,
} from "../../../lib/notebooks/runner/notebook_file.ts";
import { notebookOf, prose } from "../../support/small_notebook.ts";

Deno.test("a notebook survives being written and read, and its file stays the same", () => {
  const notebook = notebookOf("const a = 1;\na", "");
  notebook.cells.push(prose("# Title\n\nÄ formula: $x^2$\n"));
  const [first] = notebook.cells;
  if (first.cell_type === "code") {
    first.outputs = [
      { output_type: "stream", name: "stdout", text: "one\ntwo\n" },
      {
        output_type: "display_data",
        metadata: {},
        data: {
          "text/plain": ["a\n", "b"],
          "image/png": "AAAA",
          "application/json": { b: [1], a: 2 },
        },
      },
    ];
  }
  const text = formatNotebook(notebook);
  const read = parseNotebook(text, "test");
  assertEquals(formatNotebook(read), text);
  assertEquals(read.cells.map(({ source }) => source), [
    "const a = 1;\na",
    "",
    "# Title\n\nÄ formula: $x^2$\n",
  ]);
});

Deno.test("the file has Jupyter's form, with ordered keys and lists of lines", () => {
  const file = JSON.parse(formatNotebook(notebookOf("a\nb")));
  assertEquals(Object.keys(file), [
    "cells",
    "metadata",
    "nbformat",
    "nbformat_minor",
  ]);
  assertEquals(file.cells[0].source, ["a\n", "b"]);
});

Deno.test("a file that is not a notebook is refused by name", () => {
  const old = JSON.stringify({ nbformat: 3, worksheets: [] });
  for (const text of ["", "{}", "[1]", old]) {
    assertThrows(
      () => parseNotebook(text, "that.ipynb"),
      NotebookError,
      "that.ipynb",
    );
  }
});
