/// <reference lib="dom" />
import { Buffer } from "node:buffer";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { cellOf, openPuzzle, smallPuzzle, valuesOf } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { openFromMenu } from "../support/web/menu.ts";
import { servePage, visit } from "../support/web/site.ts";

/**
 * Scripts that restrict the page's storage. Each script is paired with a part of the message that
 * the page then shows.
 */
const refusals: Readonly<Record<string, readonly [script: string, says: string]>> = {
  full: [
    "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
    "storage is full",
  ],
  forbidden: [
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException(''); } })",
    "lets the page store nothing",
  ],
};

for (const [name, [script, says]] of Object.entries(refusals)) {
  Deno.test(inBrowser(`storage ${name}: the page reports it, and play continues`, async () => {
    await using site = await servePage();
    await using visitor = await visit(site.url, {}, { script });
    const { page } = visitor;
    await cellOf(page, 0).waitFor();
    await cellOf(page, 0).click();
    for (let cell = 0; (await valuesOf(page)).every((value) => value === 0); cell++) {
      await cellOf(page, cell).click();
      await page.keyboard.press("5");
    }
    assertStringIncludes(await page.getByRole("alert").innerText(), says);
    assertEquals(visitor.problems, []);
  }));
}

Deno.test(
  inBrowser("all data is exported to a file, and imported into an empty browser", async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, smallPuzzle);
    await cellOf(visitor.page, 1).click();
    await visitor.page.keyboard.press("2");
    await openFromMenu(visitor.page, "Export and import");
    const download = visitor.page.waitForEvent("download");
    await visitor.page.getByRole("button", { name: "Export", exact: true }).click();
    const path = await (await download).path();

    await using other = await visit(site.url);
    await cellOf(other.page, 0).waitFor();
    await openFromMenu(other.page, "Export and import");
    await other.page.locator("input[type=file]").setInputFiles(path);
    await other.page.getByText("1 games taken over").waitFor();
    await other.page.keyboard.press("Escape");
    await openFromMenu(other.page, "Saved games");
    await other.page.getByRole("button", { name: /^Open/ }).click();
    assertEquals((await valuesOf(other.page)).slice(0, 2), [1, 2]);
  }),
);

Deno.test(
  inBrowser("a file that is not an export and a link that is not a game are refused", async () => {
    await using site = await servePage();
    await using visitor = await visit(`${site.url}#p1<img src=x onerror=alert(1)>`);
    const { page } = visitor;
    await page.getByRole("alert").getByText("This link holds no puzzle").waitFor();
    await openFromMenu(page, "Export and import");
    const text = '{"app":"sudogan","version":1,"games":[{"id":"<b>"}],"settings":{},"results":[]}';
    const file = { name: "bad.json", mimeType: "application/json", buffer: Buffer.from(text) };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByRole("alert").getByText("no export of this page").waitFor();
    assertEquals(visitor.problems, []);
  }),
);
