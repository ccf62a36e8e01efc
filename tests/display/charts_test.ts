import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import sharp from "sharp";
import { type ChartSpec, renderChart } from "../../lib/display/charts.ts";
import { lossChart, type LossRow } from "../../lib/display/loss_chart.ts";
import { labelPolicies, restingLosses } from "../../lib/training/gan/labels.ts";

const point = (text: string): ChartSpec => ({
  width: 120,
  height: 60,
  data: { values: [{ x: 1 }] },
  mark: { type: "text", text, fontSize: 20 },
});

const rows: LossRow[] = [1, 2, 3].map((i) => ({
  step: 100 * i,
  discriminatorLoss: 0.6 + 0.03 * i,
  generatorLoss: 1.2 - 0.2 * i,
  realScore: 0.7 - 0.02 * i,
  fakeScore: 0.3 + 0.05 * i,
}));

Deno.test("a chart always has the same bytes, and twice the width and height of its specification", async () => {
  const [one, again] = [
    await renderChart(point("a")),
    await renderChart(point("a")),
  ];
  assertEquals(one, again);
  const [small, large] = await Promise.all(
    [1, 2].map(async (scale) => sharp(await renderChart(point("a"), { scale })).metadata()),
  );
  assertEquals([small.format, large.width, large.height], [
    "png",
    2 * small.width,
    2 * small.height,
  ]);
});

Deno.test("a chart contains its letters even if the system has no fonts", async () => {
  // A font without these letters would draw the same box for each.
  const inks = await Promise.all(
    ["a", "b", "W", "é"].map(async (text) => inkOf(await renderChart(point(text)))),
  );
  assert(inks.every((ink) => ink > 0));
  assertEquals(new Set(inks).size, 4);
});

Deno.test("the chart of losses shows and names both guide lines", () => {
  const guides = restingLosses(labelPolicies.random);
  const text = JSON.stringify(lossChart(rows, { title: "Losses", guides }));
  for (const [name, value] of Object.entries(guides)) {
    assertStringIncludes(text, `"y":{"datum":${value}}`);
    assertStringIncludes(text, `${name} rests at ${value.toFixed(3).slice(1)}`);
  }
});

Deno.test("the chart of losses has a curve for each network with all rows", async () => {
  const chart = lossChart(rows, {
    title: "Losses",
    guides: { discriminator: 0.688, generator: 0.598 },
  });
  assertEquals((chart.data as { values: unknown[] }).values, rows);
  const { width, height } = await sharp(await renderChart(chart, { scale: 1 }))
    .metadata();
  assert(width > 640 && height > 380);
  // The colours of both curves.
  const colours = await coloursOf(await renderChart(chart, { scale: 4 }));
  for (const colour of ["0,114,178", "213,94,0", "0,158,115", "204,121,167"]) {
    assert(colours.has(colour), colour);
  }
});

Deno.test("a chart without losses is refused", () => {
  assertThrows(
    () =>
      lossChart([], {
        title: "Losses",
        guides: { discriminator: 1, generator: 1 },
      }),
    RangeError,
    "found none",
  );
});

async function inkOf(png: Uint8Array): Promise<number> {
  const pixels = await sharp(png).greyscale().raw().toBuffer();
  return pixels.reduce((sum, value) => sum + 255 - value, 0);
}

async function coloursOf(png: Uint8Array): Promise<Set<string>> {
  const pixels = await sharp(png).removeAlpha().raw().toBuffer();
  const colours = new Set<string>();
  for (let i = 0; i < pixels.length; i += 3) {
    colours.add(pixels.subarray(i, i + 3).join());
  }
  return colours;
}
