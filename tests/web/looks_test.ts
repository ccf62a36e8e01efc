/// <reference lib="dom" />
/**
 * Compares screenshots of the page with small golden pictures. Small differences are allowed,
 * because fonts differ between machines. If the environment variable `GOLDEN` is set to `write`,
 * the tests overwrite the golden images.
 */
import { assert, assertEquals } from "@std/assert";
import sharp from "sharp";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { cellOf, openPuzzle, puzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { servePage } from "../support/web/site.ts";

/**
 * The sizes of the page, each with the tolerances `mean` and `worst`. A tolerance limits the
 * difference between a screenshot and its golden picture, measured in shades on a scale from 0 to
 * 255. `mean` limits the mean difference over the whole picture. The picture is divided into an 8 x
 * 8 grid, and `worst` limits the mean difference in each field of this grid.
 *
 * A different font causes a mean difference of 0.5 and a worst difference of 3. On the phone, a
 * different font also changes line breaks, so the differences are 2.7 and 21. Smaller digits cause
 * differences of 2.9 and 13, and cells without shading cause differences of 1.4 and 9.
 */
const sizes = [
  { name: "phone", width: 320, height: 640, mean: 3.5, worst: 25 },
  { name: "tablet", width: 820, height: 1180, mean: 1.2, worst: 8 },
  { name: "laptop", width: 1366, height: 768, mean: 1.2, worst: 8 },
  { name: "4k", width: 3840, height: 2160, mean: 1.2, worst: 8 },
] as const;

/**
 * The width of the golden pictures in pixels. At this width, one can see whether a part of the page
 * has moved, but not whether the font differs.
 */
const WIDTH = 160;

const folder = new URL("../golden/web/", import.meta.url);

for (const { name, mean, worst, ...viewport } of sizes) {
  for (const colorScheme of ["light", "dark"] as const) {
    Deno.test(
      inBrowser(`the page looks like its golden picture: ${name}, ${colorScheme}`, async () => {
        await using site = await servePage();
        await using visitor = await openPuzzle(site.url, puzzle, { viewport, colorScheme }, {
          // Without this script and this time, the pictures of the digits would vary between games,
          // and the clock would run.
          script: "crypto.getRandomValues = (array) => array;",
          time: new Date("2026-11-26T12:00:00Z"),
        });
        const { page } = visitor;
        await playSome(page);
        const picture = await sharp(await page.screenshot()).resize(WIDTH).png({ effort: 10 })
          .toBuffer();
        const path = fileURLToPath(new URL(`${name}-${colorScheme}.png`, folder));
        if (Deno.env.get("GOLDEN") === "write") await Deno.writeFile(path, picture);
        const difference = await compare(picture, await Deno.readFile(path));
        const isAlike = difference.mean < mean && difference.worst < worst;
        assert(isAlike, `${name}, ${colorScheme}: ${JSON.stringify(difference)}`);
      }),
    );
  }
}

for (const locale of ["en-GB", "fr-FR"]) {
  Deno.test(inBrowser(`the page never scrolls sideways: ${locale}`, async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, puzzle, { locale });
    const { page } = visitor;
    const others = [[640, 320], [700, 620], [820, 700]].map(([width, height]) => ({
      width,
      height,
    }));
    for (const { width, height } of [...sizes, ...others]) {
      await page.setViewportSize({ width, height });
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(widest <= width, `${width} x ${height}: ${widest} pixels`);
    }
  }));
}

for (const locale of ["en-GB", "fr-FR"]) {
  Deno.test(inBrowser(`no label wraps: ${locale}`, async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, puzzle, { locale });
    const { page } = visitor;
    await page.keyboard.press("p");
    await page.locator(".veil").waitFor();
    // A long time on the clock, and the longer of the two names of the button beside it.
    await page.locator(".timer").evaluate((timer) => timer.textContent = "10:00:00");
    for (const { width, height } of [...sizes, { width: 820, height: 760 }]) {
      await page.setViewportSize({ width, height });
      assertEquals(await page.evaluate(wrappedLabels), [], `${width} x ${height}`);
    }
  }));
}

/**
 * Returns the labels of buttons that take several lines, and those of buttons in the bar that are
 * not on the line of their neighbours. Runs in the page.
 */
function wrappedLabels(): string[] {
  const buttons = [...document.querySelectorAll("button:not(.pad button)")];
  const wrapped = buttons.filter((button) => {
    const text = document.createRange();
    text.selectNodeContents(button);
    return text.getClientRects().length > 1;
  });
  const fallen = [...document.querySelectorAll(".clock > *, .head nav > *")].filter((item) => {
    const before = item.previousElementSibling;
    return before !== null &&
      item.getBoundingClientRect().left < before.getBoundingClientRect().right;
  });
  return [...wrapped, ...fallen].map((item) => item.textContent!);
}

async function playSome(page: Page): Promise<void> {
  await cellOf(page, 0).click();
  await page.keyboard.press("4");
  await cellOf(page, 1).click();
  await page.keyboard.press("3");
  await cellOf(page, 10).click();
  await page.keyboard.press("Alt+2");
  await page.keyboard.press("Alt+7");
  await cellOf(page, 11).click();
  await page.keyboard.press("Shift+Digit4");
  await page.keyboard.press("v");
  await page.keyboard.press("3");
  await page.keyboard.press("z");
  await cellOf(page, 40).click();
}

async function compare(
  a: Uint8Array,
  b: Uint8Array,
): Promise<{ readonly mean: number; readonly worst: number }> {
  const read = (file: Uint8Array) =>
    sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [{ data: one, info }, { data: other }] = await Promise.all([read(a), read(b)]);
  assert(one.length === other.length, "the pictures have different sizes");
  const sums = new Float64Array(64);
  const counts = new Float64Array(64);
  for (let at = 0; at < one.length; at++) {
    const pixel = Math.floor(at / 3);
    const column = Math.floor(pixel % info.width / info.width * 8);
    const row = Math.floor(Math.floor(pixel / info.width) / info.height * 8);
    sums[row * 8 + column] += Math.abs(one[at] - other[at]);
    counts[row * 8 + column]++;
  }
  const total = sums.reduce((sum, part) => sum + part, 0);
  return { mean: total / one.length, worst: Math.max(...sums.map((sum, i) => sum / counts[i])) };
}
