import { assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import {
  checkCells,
  extractModule,
  formatCells,
} from "../../../lib/notebooks/runner/check_cells.ts";
import { writeNotebook } from "../../../lib/notebooks/runner/notebook_file.ts";
import { notebookOf, prose } from "../../support/small_notebook.ts";

Deno.test("cells that are well typed and formatted have no problems", async () => {
  const problems = await problemsOf(
    'const one: number = 1;\nconsole.log("one", one);',
    "const two = one + await Promise.resolve(1);\nconsole.log(two);",
  );
  assertEquals(problems, []);
});

Deno.test("a type error is found across cells and reported with its place", async () => {
  const [problem, ...others] = await problemsOf(
    "const one: number = 1;",
    'const text: string = "a";\nconst two: string = one;\nconsole.log(text, two);',
  );
  assertEquals([problem.check, others], ["types", []]);
  assertMatch(problem.message, /TS2322[^]*code cell 2, line 2:7/);
});

Deno.test("checking a notebook reports problems of lint and format", async () => {
  const problems = await problemsOf("const unused  = 1;");
  assertEquals(problems.map(({ check }) => check), ["format", "lint"]);
  assertMatch(problems[0].message, /cell-1/);
});

Deno.test("formatting fixes the problems that the check reports, and leaves prose alone", async () => {
  await withNotebook(["const one=1\nconsole.log( one )"], async (path) => {
    const formatted = await formatCells(path);
    assertEquals(
      formatted.cells[0].source,
      "const one = 1;\nconsole.log(one);",
    );
    await writeNotebook(path, formatted);
    assertEquals(await checkCells(path), []);
  });
});

Deno.test("checking a notebook leaves no files next to it", async () => {
  await withNotebook(["const a = ;"], async (path) => {
    await checkCells(path);
    const names = await Array.fromAsync(Deno.readDir(join(path, "..")));
    assertEquals(names.map(({ name }) => name), ["test.ipynb"]);
  });
});

Deno.test("each line of the module made from a notebook leads back to its cell", () => {
  const notebook = notebookOf("a\nb", "c");
  notebook.cells.splice(1, 0, prose("text\ntext\ntext"));
  const { code, starts } = extractModule(notebook);
  assertEquals(starts.map((line) => code.split("\n")[line - 1]), ["a", "c"]);
});

async function problemsOf(...sources: string[]) {
  let problems: Awaited<ReturnType<typeof checkCells>> = [];
  await withNotebook(sources, async (path) => {
    problems = await checkCells(path);
  });
  return problems;
}

async function withNotebook(
  sources: string[],
  use: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_cells_" });
  try {
    const path = join(folder, "test.ipynb");
    await writeNotebook(path, notebookOf(...sources));
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
