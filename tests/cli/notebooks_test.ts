import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readNotebook, writeNotebook } from "../../lib/notebooks/runner/notebook_file.ts";
import { program, runProgram } from "../support/program.ts";
import { notebookOf } from "../support/small_notebook.ts";

Deno.test("full mode writes outputs, fast mode none, and --check compares", async () => {
  await withNotebooks(
    { "01-a.ipynb": ["const a = 1 + 1;\na;"] },
    async (run, folder) => {
      const outputs = async () => {
        const [cell] = (await readNotebook(join(folder, "01-a.ipynb"))).cells;
        return cell.cell_type === "code" ? cell.outputs.length : -1;
      };
      assertEquals((await run()).code, 0);
      assertEquals(await outputs(), 0);
      const differs = await run("--mode", "full", "--check");
      assertEquals(differs.code, 1);
      assertStringIncludes(differs.stdout, "code cell 1 shows a different output");
      assertEquals(await outputs(), 0);
      assertEquals((await run("--mode", "full")).code, 0);
      assertEquals(await outputs(), 1);
      assertEquals((await run("--mode", "full", "--check")).code, 0);
    },
  );
});

Deno.test("a notebook that fails is named with its cell, and the others still run", async () => {
  const notebooks = { "01-a.ipynb": ["1;", "let x ="], "02-b.ipynb": ["2;"] };
  await withNotebooks(notebooks, async (run) => {
    const { code, stdout } = await run();
    assertEquals(code, 1);
    assertMatch(stdout, /code cell 2 \(cell-2\) failed/);
    assertMatch(stdout, /01-a.ipynb FAILED[^]*02-b.ipynb ok/);
    assertMatch(stdout, /1 passed, 1 failed\n$/);
    const only = await run("--only", "2");
    assertEquals(only.code, 0);
    assertMatch(only.stdout, /^1 passed, 0 failed$/m);
  });
});

Deno.test("--types runs nothing and finds what a run would not", async () => {
  const notebooks = { "01-a.ipynb": ['const n: number = "1";\nn;'] };
  await withNotebooks(notebooks, async (run) => {
    const { code, stdout } = await run("--types");
    assertEquals(code, 1);
    assertStringIncludes(stdout, "code cell 1, line 1");
    assertEquals((await run()).code, 0);
  });
});

Deno.test("--check fails on a committed run that a reader would take for broken", async () => {
  const blank = {
    data: { values: [{ x: 0 }] },
    mark: "point",
    encoding: {
      x: { field: "x", type: "quantitative", scale: { type: "log" } },
    },
  };
  const notebooks = { "01-a.ipynb": ["1;", "2;"] };
  await withNotebooks(notebooks, async (run, folder) => {
    const path = join(folder, "01-a.ipynb");
    const notebook = await readNotebook(path);
    const [cell] = notebook.cells;
    if (cell.cell_type === "code") {
      cell.execution_count = 1;
      cell.outputs = [{
        output_type: "display_data",
        data: { "application/vnd.vegalite.v5+json": blank },
        metadata: {},
      }];
    }
    await writeNotebook(path, notebook);
    for (const option of ["--check", "--types"]) {
      const { code, stdout } = await run(option);
      assertEquals(code, 1);
      assertMatch(stdout, /cell cell-1: x has 0 on a logarithmic scale/);
      assertMatch(stdout, /cell cell-2: wanted an execution number/);
    }
    assertEquals((await run()).code, 0);
  });
});

async function withNotebooks(
  notebooks: Readonly<Record<string, readonly string[]>>,
  use: (
    run: (...args: string[]) => ReturnType<typeof runProgram>,
    folder: string,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_notebooks_" });
  try {
    for (const [name, sources] of Object.entries(notebooks)) {
      await writeNotebook(join(folder, name), notebookOf(...sources));
    }
    await use(
      (...args) => runProgram(program("notebooks"), [...args, "--folder", folder]),
      folder,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
