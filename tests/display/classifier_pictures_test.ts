import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import sharp from "sharp";
import { drawCaptionedSheet } from "../../lib/display/captioned_sheet.ts";
import { renderChart } from "../../lib/display/charts.ts";
import { classifierChart } from "../../lib/display/classifier_chart.ts";
import { confusionChart } from "../../lib/display/confusion_chart.ts";
import { toyDigits } from "../support/toy_digits.ts";

const words = { title: "Title", subtitle: "Subtitle" };

Deno.test("the chart of a confusion matrix has every cell, and only mistakes are coloured", async () => {
  const chart = confusionChart([[8, 0, 1], [0, 9, 0], [3, 0, 7]], words);
  const { values } = chart.data as {
    values: {
      label: number;
      answer: number;
      count: number;
      mistakes: number;
    }[];
  };
  assertEquals(values.length, 9);
  assertEquals(
    values.filter(({ mistakes }) => mistakes > 0).map((
      { label, answer, count },
    ) => [label, answer, count]),
    [[0, 2, 1], [2, 0, 3]],
  );
  assert((await renderChart(chart)).length > 1000);
});

Deno.test("a confusion matrix that is not square is refused", () => {
  for (const matrix of [[], [[1, 2]], [[1, 2], [3]]]) {
    assertThrows(() => confusionChart(matrix, words), RangeError, "square");
  }
});

Deno.test("the chart of errors has both curves, and shows an error of 0 even though its axis is logarithmic", async () => {
  const chart = classifierChart(
    [{ step: 100, error: 0.1 }, { step: 200, error: 0 }],
    [{ step: 200, error: 0.05 }],
    words,
  );
  const { values } = chart.data as {
    values: { name: string; error: number }[];
  };
  assertEquals(values.map(({ name }) => name), [
    "training batches",
    "training batches",
    "validation images",
  ]);
  assert(values.every(({ error }) => error > 0));
  assert((await renderChart(chart)).length > 1000);
  assertThrows(() => classifierChart([], [], words), RangeError, "one point");
});

Deno.test("a captioned sheet has its images in place, and space for the words", async () => {
  const { images } = toyDigits(3);
  const captions = ["1 → 7", "a < b & c", ""];
  const png = await drawCaptionedSheet(images, {
    title: "Three",
    captions,
    columns: 2,
  });
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({
    resolveWithObject: true,
  });
  const [x, y] = [14, 34];
  // The shade in the middle of a pixel of the second image, which is enlarged 64/12 times and drawn
  // at two pixels per unit.
  const shade = (column: number, row: number) => {
    const at = (from: number, i: number) => Math.round(2 * (from + (i + 0.5) * 64 / 12));
    return data[at(y, row) * info.width + at(x + 78, column)];
  };
  const pixels = images.pixels.subarray(144, 288);
  for (let row = 0; row < 12; row++) {
    for (let column = 0; column < 12; column++) {
      const difference = shade(column, row) - pixels[12 * row + column];
      assert(Math.abs(difference) <= 2, `at ${column}, ${row}: ${difference}`);
    }
  }
  const wordless = await drawCaptionedSheet(images, {
    title: "Three",
    captions: ["", "", ""],
    columns: 2,
  });
  assert(await inkOf(png) > await inkOf(wordless));
});

Deno.test("captions are refused if there is not one for each image", async () => {
  await assertRejects(
    () => drawCaptionedSheet(toyDigits(3).images, { title: "", captions: ["a"] }),
    RangeError,
    "a caption for each of 3 images, found 1",
  );
});

/** 255 for each black pixel. */
async function inkOf(png: Uint8Array): Promise<number> {
  const shades = await sharp(png).greyscale().raw().toBuffer();
  return shades.reduce((sum, shade) => sum + 255 - shade, 0);
}
