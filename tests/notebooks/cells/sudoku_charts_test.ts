import { assertAlmostEquals, assertEquals } from "@std/assert";
import sharp from "sharp";
import {
  calibrationChart,
  type CheckedAnswer,
  clueChart,
  countMistakes,
  pathChart,
  sideBySide,
} from "../../../lib/notebooks/cells/mod.ts";
import { chartFaults } from "../../../lib/notebooks/runner/chart_faults.ts";
import { explain, generate } from "../../../lib/sudoku/mod.ts";
import { drawnItems } from "../../support/drawn_chart.ts";

Deno.test("each further nine of a confidence is a band, which includes its lower end", () => {
  const cases: [confidence: number, band: string][] = [
    [0, "below 0.5"],
    [0.5, "0.5 to 0.9"],
    [0.9, "0.9 to 0.99"],
    [0.99, "0.99 to 0.999"],
    [0.999, "0.999 to 0.9999"],
    [0.9999, "0.9999 and more"],
    [1, "0.9999 and more"],
  ];
  for (const [confidence, wanted] of cases) {
    const filled = countMistakes([{ confidence, isRight: false }])
      .filter(({ answers }) => answers > 0);
    assertEquals(filled.map(({ band, found }) => [band, found]), [[wanted, 1]]);
    assertAlmostEquals(filled[0].expected, 1 - confidence, 1e-12);
  }
});

Deno.test("the slider selects the answers at one temperature", async () => {
  const at = (temperature: number, confidence: number, mistakes: number) => ({
    temperature,
    answers: Array.from({ length: 10 }, (_, i): CheckedAnswer => ({
      confidence,
      isRight: i >= mistakes,
    })),
  });
  const looks = [at(0.1, 0.95, 4), at(0.2, 0.75, 4), at(0.3, 0.65, 4)];
  const spec = calibrationChart(looks, { title: "Calibration", start: 0.22 });
  assertEquals(await chartFaults(spec), []);
  assertEquals(await dotOf(spec), [0.75, 0.6]);
  // A slider adds up its steps, so its value misses the decimal number by a little.
  assertEquals(await dotOf(spec, { temperature: 0.1 + 0.2 }), [0.65, 0.6]);
  assertEquals(await dotOf(spec, { temperature: 0.1 }), [0.95, 0.6]);
  assertEquals((await drawnItems(spec, "rect")).length, 12);
});

async function dotOf(
  spec: Parameters<typeof drawnItems>[0],
  signals: Parameters<typeof drawnItems>[2] = {},
): Promise<number[]> {
  const dots = await drawnItems(spec, "symbol", signals);
  assertEquals(dots.length, 1);
  const { confidence, right } = dots[0].datum as { confidence: number; right: number };
  return [confidence, right];
}

Deno.test("a puzzle's dot lies near its number of clues, at its rating", async () => {
  const puzzles = Array.from(
    { length: 40 },
    (_, i) => ({ clues: 22 + i % 3, rating: 1.5 + i / 8 }),
  );
  const spec = clueChart(puzzles, { title: "Clues" });
  assertEquals(await chartFaults(spec), []);
  const dots = (await drawnItems(spec, "symbol")).map(({ datum }) => datum) as {
    readonly x: number;
    readonly clues: number;
    readonly rating: number;
  }[];
  assertEquals(dots.map(({ rating }) => rating), puzzles.map(({ rating }) => rating));
  assertEquals(dots.map(({ x }) => Math.round(x)), puzzles.map(({ clues }) => clues));
});

Deno.test("a path has a bar for each step, and all paths share their scales", async () => {
  const paths = (["easy", "hard"] as const).map((level) => ({
    name: level,
    steps: explain(generate({ level, seed: 1 }).grid),
  }));
  const spec = pathChart(paths, { title: "Paths" });
  assertEquals(await chartFaults(spec), []);
  const bars = await drawnItems(spec, "rect");
  const steps = paths.flatMap(({ steps }) => steps);
  assertEquals(bars.length, steps.length);
  const heights = bars.map(({ height }, i) => Number(height) / steps[i].rating);
  for (const height of heights) assertAlmostEquals(height, heights[0], 1e-9);
});

Deno.test("pictures stand side by side, row by row, each under its name", async () => {
  const colours = ["#ff0000", "#00ff00", "#0000ff"];
  const pictures = await Promise.all(colours.map(async (background, i) => ({
    name: `picture <${i}>`,
    file: await sharp({ create: { width: 30, height: 30, channels: 3, background } })
      .png().toBuffer(),
  })));
  const png = await sideBySide(pictures, { side: 60, columns: 2 });
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) =>
    `#${data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString("hex")}`;
  const seen = [at(40, 60), at(112, 60), at(40, 152)];
  assertEquals(seen, colours);
  // The pictures in the first row extend from 12 to 72 and from 84 to 144.
  assertEquals([at(70, 60), at(78, 60), at(142, 60)], ["#ff0000", "#ffffff", "#00ff00"]);
  assertEquals([info.width, info.height], [156, 196]);
});
