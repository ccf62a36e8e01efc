import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  differingCells,
  runNotebook,
  type RunNotebookOptions,
  varies,
} from "../../../lib/notebooks/runner/run_notebook.ts";
import { formatNotebook, parseNotebook } from "../../../lib/notebooks/runner/notebook_file.ts";
import { moduleOf, notebookOf, projectFolder } from "../../support/small_notebook.ts";

const options: RunNotebookOptions = { folder: projectFolder, mode: "fast" };
const display = moduleOf("notebooks/cells/mod.ts");

Deno.test("outputs are stored with their cells, numbered in order", async () => {
  const notebook = notebookOf(
    `import { show } from ${display};\nawait show("one", "two", 3);`,
    "const four = 4;\nfour",
  );
  const { notebook: run, failure } = await runNotebook(notebook, options);
  assertEquals(failure, undefined);
  assertEquals(outputsOf(run), [
    [{ output_type: "stream", name: "stdout", text: "one\ntwo\n3\n" }],
    [{
      output_type: "execute_result",
      execution_count: 2,
      data: { "text/plain": "4" },
      metadata: {},
    }],
  ]);
  assertEquals(outputsOf(notebook), [[], []]);
});

Deno.test("cells can read whether the mode is fast or full, and the notebook records it", async () => {
  const { notebook } = await runNotebook(
    notebookOf('Deno.env.get("NOTEBOOK_MODE")'),
    { ...options, mode: "full" },
  );
  assertStringIncludes(JSON.stringify(outputsOf(notebook)), "full");
  assertEquals(notebook.metadata.sudogan, { mode: "full" });
});

Deno.test("a run stops at the cell that fails, and names it", async () => {
  const { failure, notebook } = await runNotebook(
    notebookOf("1", "throw new Error('here')", "3"),
    options,
  );
  assertEquals(failure?.number, 2);
  assertEquals(failure?.error.message, "here");
  assertEquals(outputsOf(notebook)[2], []);
});

Deno.test("an output that changes keeps its last state, even if a later cell changed it", async () => {
  const { notebook } = await runNotebook(
    notebookOf(
      `import { html, live, progress } from ${display};
const place = live();
place.update(() => html("<b>first</b>", "first"));
await place.end();`,
      `const bar = progress({ title: "Work", total: 3, unit: "steps" });
for (let i = 1; i <= 3; i++) bar.update(i, ["half"]);
await bar.end();`,
      'place.update(() => html("<b>second</b>", "second"));\nawait place.end();',
    ),
    options,
  );
  const plain = outputsOf(notebook).map((outputs) =>
    outputs.map(({ data }) => (data as Record<string, string>)["text/plain"])
  );
  assertEquals(plain[0], ["second"]);
  assertEquals(plain[1].length, 1);
  assertStringIncludes(plain[1][0], "100% · 3/3 steps · half");
  assertEquals(plain[2], []);
});

Deno.test("two runs of a notebook are the same byte for byte, except for times", async () => {
  const notebook = notebookOf(
    `import { chart, markdown, show, varying } from ${display};
await show("always", varying(markdown\`now \${performance.now()}\`));`,
    `await show(chart({ title: "A chart", data: { values: [{ x: 1, y: 2 }] }, mark: "point",
  encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } } }));`,
  );
  const runs = [
    await runNotebook(notebook, options),
    await runNotebook(notebook, options),
  ].map((run) => run.notebook);
  assertEquals(differingCells(runs[0], runs[1]), []);
  const [still, moving] = outputsOf(runs[0])[0];
  assertEquals([varies(still), varies(moving)], [false, true]);
  const saved = parseNotebook(formatNotebook(runs[0]), "saved");
  assertEquals(differingCells(saved, runs[1]), []);
});

Deno.test("differingCells finds different outputs and different cells", async () => {
  const { notebook } = await runNotebook(notebookOf("1", "2", "3"), options);
  const other = structuredClone(notebook);
  const [, second, third] = other.cells;
  assert(second.cell_type === "code");
  second.outputs = [];
  third.source = "4 - 1";
  assertEquals(differingCells(notebook, other), [2, 3]);
});

Deno.test("a run keeps solutions folded, and unfolds cells that readers have folded", async () => {
  const notebook = notebookOf("1", "2");
  const jupyter = { source_hidden: true };
  notebook.cells[0].metadata = { tags: ["solution"], jupyter };
  notebook.cells[1].metadata = { jupyter, collapsed: true };
  const { notebook: run } = await runNotebook(notebook, options);
  assertEquals(run.cells.map(({ metadata }) => metadata), [{ tags: ["solution"], jupyter }, {}]);
});

function outputsOf(notebook: ReturnType<typeof notebookOf>) {
  return notebook.cells.flatMap((cell) => cell.cell_type === "code" ? [cell.outputs] : []);
}
