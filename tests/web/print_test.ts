/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { openPuzzle, smallPuzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
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
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.getByRole("button", { name: "Print", exact: true }).click();
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

function countPages(pdf: Uint8Array): number {
  return new TextDecoder("latin1").decode(pdf).match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
