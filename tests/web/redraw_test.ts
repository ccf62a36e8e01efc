/// <reference lib="dom" />
import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import type { Page } from "playwright-core";
import { cellOf, labelsOf, openPuzzle, puzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { servePage } from "../support/web/site.ts";

Deno.test(inBrowser("a key press does not draw the puzzle's rating again", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, puzzle);
  const { page } = visitor;
  await page.locator(".rating", { hasText: "rated" }).waitFor();
  await cellOf(page, 0).click();
  // Only the rating is written in the number format of a language.
  await page.evaluate(() => {
    const { toLocaleString } = Number.prototype;
    const counted = globalThis as unknown as { formatted: number };
    counted.formatted = 0;
    Number.prototype.toLocaleString = function (...options) {
      counted.formatted++;
      return toLocaleString.apply(this, options);
    };
  });
  for (const key of ["ArrowRight", "a", "4", "Control+z", "f", "v"]) await page.keyboard.press(key);
  assertEquals(await page.evaluate("formatted"), 0);
}));

Deno.test(inBrowser("the rehearsal of key presses leaves no trace", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, puzzle, {}, {
    // The page's timers run when the test says so.
    script: `
      globalThis.waiting = [];
      const { setTimeout } = globalThis;
      globalThis.setTimeout = (call, time, ...rest) =>
        time >= 1000 ? waiting.push(call) : setTimeout(call, time, ...rest);
    `,
  });
  const { page } = visitor;
  await page.locator(".rating", { hasText: "rated" }).waitFor();
  await page.waitForFunction(() => localStorage.length > 0);
  const before = await traces(page);
  await page.evaluate(() => {
    const counted = globalThis as unknown as { made: number };
    counted.made = 0;
    const { createElementNS } = Document.prototype;
    Document.prototype.createElementNS = function (this: Document, ...options: unknown[]) {
      counted.made++;
      return createElementNS.apply(this, options as Parameters<typeof createElementNS>);
    } as typeof createElementNS;
  });
  await page.evaluate("waiting.forEach((call) => call())");
  // The rehearsal takes a third of a second.
  await page.waitForTimeout(1000);
  assertEquals(await traces(page), before);
  // Each of the nine cells of the rehearsed row has at least three elements.
  assertGreaterOrEqual(await page.evaluate("made"), 27);
  assertEquals(visitor.problems, []);
}));

/** Returns everything that a key press can change. */
async function traces(page: Page) {
  return {
    labels: await labelsOf(page),
    board: await page.locator("[role=grid]").innerHTML(),
    modes: await page.locator(".modes").innerHTML(),
    buttons: await page.locator(".actions").innerHTML(),
    pad: await page.locator(".pad").innerHTML(),
    said: await page.locator("[role=status]").allTextContents(),
    focus: await page.evaluate(() => document.activeElement?.outerHTML),
    stored: await page.evaluate(() => JSON.stringify({ ...localStorage })),
  };
}
