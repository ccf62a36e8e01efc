/// <reference lib="dom" />
/** Tests how many pages and boards are printed for each combination of print options. */
import { assert, assertEquals } from "@std/assert";
import { openPuzzle, smallPuzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { openFromMenu } from "../support/web/menu.ts";
import { servePage } from "../support/web/site.ts";

const cases = [
  { what: "This puzzle", count: "1", solutions: true, pages: 2, boards: 2 },
  { what: "This puzzle", count: "1", solutions: false, pages: 1, boards: 1 },
  { what: "New ones of this level", count: "2", solutions: true, pages: 2, boards: 4 },
  { what: "New ones of this level", count: "4", solutions: true, pages: 2, boards: 8 },
] as const;

Deno.test(
  inBrowser("a page has 1, 2 or 4 puzzles, and solutions are on separate pages", async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, smallPuzzle);
    const { page } = visitor;
    // Tests have no printer, so the page is told that it prints, and is saved as PDF.
    await page.evaluate(() => {
      globalThis.print = () => {};
    });
    await openFromMenu(page, "Print");
    for (const { what, count, solutions, pages, boards } of cases) {
      await page.getByLabel(what).check();
      await page.getByLabel(count, { exact: true }).check();
      await page.getByLabel("Solutions").setChecked(solutions);
      await page.getByRole("dialog").getByRole("button", { name: "Print" }).click();
      await page.locator(`.paper >> nth=${pages - 1}`).waitFor({ state: "attached" });
      assertEquals(await page.locator(".paper .board-svg").count(), boards);
      assertEquals(countPages(await page.pdf({ format: "A4" })), pages, `${what}, ${count}`);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      await page.locator(".paper").first().waitFor({ state: "detached" });
    }
    assertEquals(visitor.problems, []);
  }),
);

/** How much of the width of the printed page a puzzle takes at least. */
const widths = [["1", 0.8], ["2", 0.5], ["4", 0.4]] as const;

Deno.test(
  inBrowser(
    "a printed board is large, and its ink is dark even if the page's theme is not",
    async () => {
      await using site = await servePage();
      await using visitor = await openPuzzle(site.url, smallPuzzle, { colorScheme: "dark" });
      const { page } = visitor;
      await page.evaluate(() => {
        globalThis.print = () => {};
      });
      await openFromMenu(page, "Print");
      // The width of an A4 page between its margins, 186 mm at 96 dots per inch.
      await page.setViewportSize({ width: 703, height: 1000 });
      for (const [count, share] of widths) {
        await page.getByLabel(count === "1" ? "This puzzle" : "New ones of this level").check();
        await page.getByLabel(count, { exact: true }).check();
        await page.getByRole("dialog").getByRole("button", { name: "Print" }).click();
        await page.locator(".paper >> nth=1").waitFor({ state: "attached" });
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        for (const board of await page.locator(".paper:not(.solutions) .board-svg").all()) {
          const { width } = (await board.boundingBox())!;
          assert(width > share * 703 && width <= 703, `${count} a page: ${width} pixels`);
        }
        const inks = await page.locator(".paper .board-svg text").evaluateAll((texts) =>
          texts.map((text) => getComputedStyle(text).fill)
        );
        assertEquals([...new Set(inks)].sort(), ["rgb(0, 0, 0)", "rgb(34, 34, 34)"]);
        await page.emulateMedia({ media: "screen", colorScheme: "dark" });
        await page.evaluate(() => dispatchEvent(new Event("afterprint")));
        await page.locator(".paper").first().waitFor({ state: "detached" });
      }
    },
  ),
);

/** Counts the pages of a PDF, which are objects of this type. */
function countPages(pdf: Uint8Array): number {
  return new TextDecoder("latin1").decode(pdf).match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
