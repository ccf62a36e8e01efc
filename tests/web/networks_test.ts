/// <reference lib="dom" />
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { cellOf, emptyCellsOf, openPuzzle, puzzle, valuesOf } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { openFromMenu } from "../support/web/menu.ts";
import { servePage, type Site, writePage } from "../support/web/site.ts";

/**
 * Handwritten digits. Each digit is a list of strokes, and each stroke is a list of points in a
 * square of side 1.
 */
const handwriting: Readonly<Record<number, readonly (readonly [number, number])[][]>> = {
  1: [[[0.55, 0.15], [0.45, 0.85]]],
  7: [[[0.25, 0.2], [0.75, 0.18], [0.6, 0.5], [0.42, 0.85]]],
  4: [[[0.35, 0.15], [0.28, 0.5], [0.7, 0.5]], [[0.65, 0.2], [0.6, 0.88]]],
};

for (const [name, open] of [["a server", servePage], ["disk", writePage]] as const) {
  Deno.test(inBrowser(`from ${name}: written digits are read and entered`, async () => {
    await using site = await open() as Site;
    await using visitor = await openPuzzle(site.url, puzzle);
    const { page } = visitor;
    await page.getByRole("button", { name: "By hand" }).click();
    const empty = emptyCellsOf(puzzle);
    for (const [index, digit] of [1, 7, 4].entries()) {
      await write(page, empty[index * 5], digit);
      await page.waitForFunction(
        ([cell, text]) =>
          document.querySelector(`[data-cell="${cell}"] .digit`)?.textContent === text,
        [String(empty[index * 5]), String(digit)],
      );
    }
    await page.keyboard.press("Control+z");
    assertEquals((await valuesOf(page))[empty[10]], 0);
    assertEquals(visitor.problems, []);
  }));
}

Deno.test(
  inBrowser("the page asks about an uncertain digit, and one press enters the answer", async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, puzzle);
    const { page } = visitor;
    await page.getByRole("button", { name: "By hand" }).click();
    const [cell] = emptyCellsOf(puzzle);
    // The classifier is likely to recognize this zero, but no board contains one.
    const ring = Array.from({ length: 25 }, (_, i) => i / 24 * 2 * Math.PI);
    await writePoints(page, cell, [
      ring.map((turn) => [0.5 - 0.25 * Math.sin(turn), 0.5 - 0.33 * Math.cos(turn)]),
    ]);
    await page.getByText("Which one is it?", { exact: true }).waitFor();
    const offered = page.locator(".button.large").first();
    const digit = Number(await offered.innerText());
    await offered.click();
    assertEquals((await valuesOf(page))[cell], digit);
  }),
);

Deno.test(inBrowser("the generator works in the page, and walks between two latents", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, puzzle);
  const { page } = visitor;
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url().split("/").at(-1)!));
  await cellOf(page, puzzle.givens.findIndex((given) => given > 0)).click();
  await openFromMenu(page, "How it was made");
  assert(!loaded.some((name) => /models|networks/.test(name)), loaded.join());
  await page.getByRole("button", { name: "Draw it live" }).click();
  const canvas = page.locator(".live canvas").first();
  await canvas.waitFor();
  assertEquals(await page.locator(".live canvas").count(), 13);
  const before = await inkOf(canvas);
  assert(before > 5, "a digit has ink");
  await page.locator(".live input").fill("1");
  await page.waitForFunction(
    (ink) => {
      const canvas = document.querySelector<HTMLCanvasElement>(".live canvas")!;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, 28, 28);
      return data.filter((_, at) => at % 4 === 3).reduce((sum, a) => sum + a / 255, 0) !== ink;
    },
    before,
  );
  assertNotEquals(await inkOf(canvas), before);
  assertEquals(visitor.problems, []);
}));

Deno.test(
  inBrowser(
    "from a server, the weights do not pass through the page, and can be loaded again",
    async () => {
      await using site = await servePage();
      await using visitor = await openPuzzle(site.url, puzzle, { serviceWorkers: "block" });
      const { page, context } = visitor;
      await context.route("**/models.js", (route) => route.abort(), { times: 1 });
      await cellOf(page, puzzle.givens.findIndex((given) => given > 0)).click();
      await drawLive(page);
      await page.getByRole("alert").filter({ hasText: "models.js" }).waitFor();
      await page.keyboard.press("Escape");
      await drawLive(page);
      await page.locator(".live canvas").first().waitFor();
      assertEquals(await page.evaluate(() => "sudoganModels" in globalThis), false);
    },
  ),
);

async function drawLive(page: Page): Promise<void> {
  await openFromMenu(page, "How it was made");
  await page.getByRole("button", { name: "Draw it live" }).click();
}

function inkOf(canvas: ReturnType<Page["locator"]>): Promise<number> {
  return canvas.evaluate((element) => {
    const context = (element as HTMLCanvasElement).getContext("2d")!;
    const { data } = context.getImageData(0, 0, 28, 28);
    return data.filter((_, at) => at % 4 === 3).reduce((sum, a) => sum + a / 255, 0);
  });
}

function write(page: Page, cell: number, digit: number): Promise<void> {
  return writePoints(page, cell, handwriting[digit]);
}

async function writePoints(
  page: Page,
  cell: number,
  strokes: readonly (readonly (readonly number[])[])[],
): Promise<void> {
  const { x, y, width, height } = (await cellOf(page, cell).boundingBox())!;
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(x + width * first[0], y + height * first[1]);
    await page.mouse.down();
    for (const [across, down] of rest) {
      await page.mouse.move(x + width * across, y + height * down, { steps: 5 });
    }
    await page.mouse.up();
  }
}
