import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import decodeQR from "qr/decode.js";
import sharp from "sharp";
import { cellOf, openPuzzle, puzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { openFromMenu } from "../support/web/menu.ts";
import { servePage } from "../support/web/site.ts";

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(inBrowser(`the QR code on the page holds the link: ${colorScheme}`, async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, puzzle, { colorScheme });
    const { page } = visitor;
    await cellOf(page, 0).click();
    await page.keyboard.press("4");
    await openFromMenu(page, "Share");
    const links = new Set<string>();
    for (const what of ["The puzzle", "With my progress"]) {
      await page.getByLabel(what, { exact: true }).check();
      const link = await page.getByLabel("Link", { exact: true }).inputValue();
      assert(link.startsWith(`${site.url}#`), link);
      assertEquals(await readCode(page), link);
      links.add(link);
    }
    assertEquals(links.size, 2);
    assertEquals(visitor.problems, []);
  }));
}

/** Shows the QR code, and decodes it from a picture of the whole page. */
async function readCode(page: Page): Promise<string> {
  await page.getByRole("button", { name: "QR code of the link" }).click();
  await page.getByRole("img", { name: "QR code of the link" }).scrollIntoViewIfNeeded();
  const { data, info } = await sharp(await page.screenshot()).ensureAlpha().raw()
    .toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}
