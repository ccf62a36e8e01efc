import { assertEquals, assertMatch } from "@std/assert";
import sharp from "sharp";
import type { TopLevelSpec } from "vega-lite";
import { checkOutputs } from "../../../lib/notebooks/runner/check_outputs.ts";
import { notebookOf, prose } from "../../support/small_notebook.ts";

const number = (field: string, more = {}) => ({
  field,
  type: "quantitative" as const,
  ...more,
});
const log = { scale: { type: "log" as const } };
const values = [{ x: 1, y: 10, set: "a" }, { x: 2, y: 100, set: "b" }];
const plain = {
  data: { values },
  encoding: { x: number("x"), y: number("y") },
};
const logarithmic = { x: number("x"), y: number("y", log) };
const withZero = { values: [...values, { x: 3, y: 0, set: "a" }] };

const charts: [name: string, spec: TopLevelSpec, found: RegExp[]][] = [
  ["bars", { ...plain, mark: "bar" }, []],
  ["a line", { ...plain, mark: "line" }, []],
  ["an area", { ...plain, mark: "area" }, []],
  ["text", { ...plain, mark: { type: "text", text: "here" } }, []],
  ["a line on a logarithmic scale", {
    ...plain,
    mark: { type: "line", point: true },
    encoding: logarithmic,
  }, []],
  ["bars that begin at the lower end of a logarithmic scale", {
    ...plain,
    mark: "bar",
    encoding: { ...logarithmic, y: number("y", { ...log, stack: null }) },
  }, []],
  ["facets that each show a part of the data", {
    data: { values },
    facet: { column: { field: "set" } },
    spec: { mark: "point", encoding: logarithmic },
  }, []],
  ["points without visible axes", {
    ...plain,
    mark: "point",
    config: { axis: { labelOpacity: 0, title: null } },
  }, []],
  ["a line of one point", {
    ...plain,
    data: { values: [values[0]] },
    mark: "line",
  }, [/no visible mark.*line/]],
  ["no data", { ...plain, data: { values: [] }, mark: "point" }, [
    /no visible mark.*symbol/,
  ]],
  ["bars without a length", {
    ...plain,
    data: { values: [{ x: 1, y: 0 }, { x: 2, y: 0 }] },
    mark: "bar",
  }, [/no visible mark.*rect/]],
  ["a missing field", {
    ...plain,
    mark: "bar",
    encoding: { x: number("x"), y: number("z") },
  }, [/no visible mark.*rect/]],
  ["marks without ink", {
    ...plain,
    mark: { type: "point", filled: true, opacity: 0 },
  }, [/no visible mark/]],
  ["a blank layer below a visible one", {
    data: { values: [] },
    layer: [
      { mark: "line", encoding: plain.encoding },
      { mark: "rule", encoding: { y: { datum: 0.5 } } },
    ],
  }, [/no visible mark.*layer_0/]],
  ["bars that are stacked on a logarithmic scale", {
    ...plain,
    mark: "bar",
    encoding: { x: number("x", { bin: true }), y: number("y", log) },
  }, [/no visible mark/, /stacked on a logarithmic/]],
  ["areas that are stacked on a logarithmic scale", {
    ...plain,
    mark: "area",
    encoding: {
      ...logarithmic,
      y: number("y", { ...log, stack: "zero" }),
      color: { field: "set" },
    },
  }, [/no visible mark/, /stacked on a logarithmic/]],
  ["a zero on a logarithmic scale", {
    ...plain,
    data: withZero,
    mark: "point",
    encoding: logarithmic,
  }, [/y has 0 on a logarithmic scale \(y\)/]],
  ["a zero on a logarithmic scale in one of the facets", {
    data: withZero,
    facet: { column: { field: "set" } },
    spec: { mark: { type: "line", point: true }, encoding: logarithmic },
  }, [/y has 0 on a logarithmic scale/]],
  ["a negative number on a logarithmic scale", {
    ...plain,
    data: { values: [...values, { x: -3, y: 4 }] },
    mark: "line",
    encoding: { x: number("x", log), y: number("y") },
  }, [/x has -3 on a logarithmic scale/]],
  ["a domain that begins at zero", {
    ...plain,
    mark: "point",
    encoding: {
      x: number("x"),
      y: number("y", { scale: { type: "log", domain: [0, 100] } }),
    },
  }, [/domain of y has 0 on a logarithmic scale/]],
  ["a line at zero", {
    data: { values },
    layer: [
      { mark: "line", encoding: logarithmic },
      { mark: "rule", encoding: { y: { datum: 0 } } },
    ],
  }, [/y has 0 on a logarithmic scale/]],
];

for (const [name, spec, found] of charts) {
  Deno.test(`the check of a committed chart handles ${name}`, async () => {
    const messages = await faultsOf({
      "application/vnd.vegalite.v5+json": spec,
    });
    found.forEach((pattern) => assertMatch(messages.join("\n") || "no fault", pattern));
    if (found.length === 0) assertEquals(messages, []);
  });
}

Deno.test("a picture of a single colour counts as blank", async () => {
  assertMatch((await faultsOf(await pictureOf([0, 0, 0, 0]))).join(), /blank/);
  assertEquals(await faultsOf(await pictureOf([0, 0, 0, 255])), []);
});

const numbering: [numbers: (number | null)[], found: string[]][] = [
  [[1, 2, 3], []],
  [[null, null, null], []],
  [[1, null, 3], ["cell-2"]],
  [[null, null, 3], ["cell-1", "cell-2"]],
];

for (const [numbers, found] of numbering) {
  Deno.test(`the check of execution numbers handles ${JSON.stringify(numbers)}`, async () => {
    const notebook = notebookOf("1", "2", "3");
    notebook.cells.forEach((cell, i) => {
      if (cell.cell_type === "code") cell.execution_count = numbers[i];
    });
    notebook.cells.push(prose("text"));
    const problems = await checkOutputs(notebook);
    assertEquals(problems.map(({ cell }) => cell), found);
  });
}

async function faultsOf(data: Record<string, unknown>): Promise<string[]> {
  const notebook = notebookOf("1");
  const [cell] = notebook.cells;
  if (cell.cell_type === "code") {
    cell.outputs = [{ output_type: "display_data", data, metadata: {} }];
  }
  return (await checkOutputs(notebook)).map(({ message }) => message);
}

/**
 * Returns the output of a cell that shows a picture of 2 by 2 gray pixels with the given values.
 */
async function pictureOf(bytes: number[]) {
  const raw = { width: 2, height: 2, channels: 1 } as const;
  const png = await sharp(Uint8Array.from(bytes), { raw }).png().toBuffer();
  return { "image/png": new Uint8Array(png).toBase64() };
}
