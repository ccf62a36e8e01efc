/**
 * Tests the layout of charts. Vega lays out each chart, and the tests look at the marks in the
 * result.
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { parse, View } from "vega";
import { compile } from "vega-lite";
import { blobChart } from "../../lib/display/blob_chart.ts";
import type { ChartSpec } from "../../lib/display/charts.ts";
import { linesChart } from "../../lib/display/lines_chart.ts";
import { planeChart, planeSlider } from "../../lib/display/plane/plane_chart.ts";
import { drawGanDiagram } from "../../lib/display/gan_diagram.ts";
import { chartFaults } from "../../lib/notebooks/runner/chart_faults.ts";

const moments = [0, 40, 80].map((step, i) => ({
  step,
  map: [0, 0.25, 0.5, i / 2],
  real: [[-1, -1]] as const,
  generated: [[i, -1.5], [3, 3]] as const,
  arrows: [[1, 0], [0, -1]] as const,
}));

Deno.test("points lie where they should, and points outside the chart are drawn at its edge", async () => {
  const spec = planeChart([{ generated: [[0, 0], [1.5, -3], [9, 1]] }], { title: "A", side: 120 });
  const points = marksOf(await layOut(spec), "symbol");
  for (const [i, [x, y]] of [[60, 60], [90, 120], [120, 40]].entries()) {
    assertAlmostEquals(points[i].x as number, x, 0.2);
    assertAlmostEquals(points[i].y as number, y, 0.2);
  }
});

Deno.test("a map begins at the lower left, and its colours run from generated to real", async () => {
  const spec = planeChart([{ map: [0, 0.5, 0.5, 1] }], { title: "A", side: 100 });
  const cells = marksOf(await layOut(spec), "rect");
  assertEquals(cells.length, 4);
  assert((cells[0].x as number) < 1 && (cells[0].y as number) > 44, "the first cell's place");
  const [generated, , , real] = cells.map(({ fill }) => channels(String(fill)));
  assert(generated[0] > generated[2], "orange");
  assert(real[2] > real[0], "blue");
});

Deno.test("an arrow begins at its point and ends at its target", async () => {
  const scene = { generated: [[0, 0]] as const, arrows: [[1.5, 0]] as const };
  const view = await layOut(planeChart([scene], { title: "A", side: 120 }));
  const [rule] = marksOf(view, "rule");
  const ends = [rule.x, rule.x2].map(Number).sort((a, b) => a - b);
  assertAlmostEquals(ends[0], 60, 0.2);
  assertAlmostEquals(ends[1], 90, 0.2);
  assertAlmostEquals(Number(rule.y), 60, 0.2);
  const head = marksOf(view, "symbol").find(({ angle }) => angle !== undefined)!;
  assertAlmostEquals(Number(head.angle), 90, 0.5);
});

Deno.test("a slider moves points, map and label, and leaves the real points in place", async () => {
  const view = await layOut(planeSlider(moments, { title: "A", side: 120, first: 0 }));
  const look = () => ({
    label: marksOf(view, "text").map(({ text }) => text).find((text) => /^step/.test(String(text))),
    points: marksOf(view, "symbol").map(({ x }) => Math.round(Number(x))),
    last: marksOf(view, "rect").at(-1)!.fill,
  });
  const first = look();
  view.signal("step", 80);
  await view.runAsync();
  const later = look();
  assertEquals([first.label, later.label], ["step 0", "step 80"]);
  assert(first.points.includes(60) && later.points.includes(100), `${later.points}`);
  assert(first.points.includes(40) && later.points.includes(40), "the real point stays");
  assert(first.last !== later.last);
});

Deno.test("a slider opens at the requested moment, or otherwise at the last", async () => {
  const labelOf = async (first?: number) => {
    const options = { title: "A", side: 120, ...(first !== undefined && { first }) };
    const marks = marksOf(await layOut(planeSlider(moments, options)), "text");
    return marks.map(({ text }) => String(text)).find((text) => text.startsWith("step"));
  };
  assertEquals([await labelOf(1), await labelOf()], ["step 40", "step 80"]);
});

Deno.test("two seeds under one name give two lines, whatever characters the name contains", async () => {
  const points = [1, 2].flatMap((seed) =>
    [1, 10].map((x) => ({ x, y: x * seed, line: 'D, the "judge"', seed }))
  );
  const spec = linesChart(points, { title: "A", x: "step", y: "loss", log: "both", guides: [5] });
  assertEquals(await chartFaults(spec), []);
  const lines = marksOf(await layOut(spec), "line");
  assertEquals(lines.length, 4);
});

Deno.test("each history has one row per blob, and darker cells for larger shares", async () => {
  const looks = [{ step: 0, shares: [0, 1] }, { step: 10, shares: [0.5, 0.5] }];
  const spec = blobChart([{ title: "one", looks }, { title: "two", looks }], {
    title: "A",
    every: 10,
  });
  const cells = marksOf(await layOut(spec), "rect");
  assertEquals(cells.length, 8);
  const light = cells.map(({ fill }) => channels(String(fill))[2]);
  assert(light[0] > light[2] && light[2] > light[1], String(light));
});

Deno.test("charts of the plane have no faults", async () => {
  const scenes = moments.map((moment) => ({ ...moment, title: `step ${moment.step}` }));
  assertEquals(await chartFaults(planeChart(scenes, { title: "A", columns: 2 })), []);
  assertEquals(await chartFaults(planeSlider(moments, { title: "A" })), []);
});

Deno.test("the diagram of a GAN names its data, even with characters that have a meaning in SVG", () => {
  const width = (png: Uint8Array) => new DataView(png.buffer, png.byteOffset).getUint32(16);
  const points = drawGanDiagram({ data: "points", noise: "2 numbers" });
  const hostile = drawGanDiagram({ data: "<images> & “more”", noise: "100 numbers" });
  assertEquals([width(points), width(hostile)], [1720, 1720]);
  assert(points.toBase64() !== hostile.toBase64());
});

interface Item {
  readonly [property: string]: unknown;
}

interface Mark {
  readonly marktype: string;
  readonly role?: string;
  readonly items: readonly (Item & { readonly items?: readonly Mark[] })[];
}

async function layOut(spec: ChartSpec): Promise<View> {
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  await view.runAsync();
  return view;
}

/** Returns the items of all marks of a type. The marks of axes, legends and titles are left out. */
function marksOf(view: View, type: string): Item[] {
  const found: Item[] = [];
  const visit = (mark: Mark): void => {
    if (/axis|legend|title/.test(mark.role ?? "")) return;
    if (mark.marktype === type) found.push(...mark.items);
    for (const item of mark.items) item.items?.forEach(visit);
  };
  visit((view.scenegraph() as unknown as { root: Mark }).root);
  return found;
}

/** Returns the red, green and blue values of a colour such as `rgb(1, 2, 3)`. */
function channels(colour: string): number[] {
  return colour.match(/\d+/g)!.map(Number);
}
