/// <reference lib="dom" />
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { readTrainingSheets } from "../../lib/digits/training_sheets.ts";
import { cellOf } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { openFromMenu } from "../support/web/menu.ts";
import { builtPage, servePage, type Visit, visit, writePage } from "../support/web/site.ts";

const last = (await readTrainingSheets()).epochs.at(-1)!;

for (const [place, open] of [["a server", servePage], ["disk", writePage]] as const) {
  Deno.test(
    inBrowser(`the training run is shown epoch by epoch, loaded on demand: ${place}`, async () => {
      await using site = await open();
      await using visitor = await visit(site.url);
      const { page } = visitor;
      const loaded: string[] = [];
      page.on("request", (request) => loaded.push(request.url().split("/").at(-1)!));
      await cellOf(page, 0).waitFor();
      assertEquals(loaded.filter((name) => /made|training/.test(name)), []);
      const picture = page.waitForEvent(
        "requestfinished",
        (request) => request.url().endsWith("training.webp"),
      );
      await openFromMenu(page, "How it was made");
      const sheet = page.getByRole("img", { name: `After epoch ${last} of ${last}` });
      await sheet.waitFor();
      assertEquals(await shownShare(page), 1);
      await picture;
      await page.getByRole("slider", { name: "Epoch" }).press("Home");
      await page.getByRole("img", { name: "Before training" }).waitFor();
      assertEquals(await shownShare(page), 0);
      await page.getByRole("button", { name: "Show the training" }).click();
      await page.getByRole("img", { name: `After epoch 1 of ${last}: it has seen` }).waitFor();
      await page.getByRole("button", { name: "Stop", exact: true }).click();
      assertEquals(visitor.problems, []);
    }),
  );

  Deno.test(inBrowser(`the notebooks open as readable pages: ${place}`, async () => {
    await using site = await open();
    await using visitor = await visit(site.url);
    const { page } = visitor;
    await cellOf(page, 0).waitFor();
    await openFromMenu(page, "How it was made");
    const links = page.locator(".links a");
    await links.first().waitFor();
    assert(await links.count() >= 6);
    const notebook = await follow(visitor, 2);
    assertEquals(
      await notebook.locator("h1").innerText(),
      "2 · Models: two networks, layer by layer",
    );
    assert(await notebook.locator("math").count() > 10);
    assert(await notebook.locator("table").count() > 3);
    await notebook.getByRole("link", { name: "Notebook 1" }).first().click();
    await notebook.getByRole("heading", { name: "1 · Data: the images that a network sees" })
      .waitFor();
    assertEquals(visitor.problems, []);
  }));
}

Deno.test("no published notebook has a formula left as text, a style or a dead link", async () => {
  const files = await builtPage();
  const pages = [...files].filter(([name]) => /^notebooks\/.*\.html$/.test(name));
  assert(pages.length >= 6);
  for (const [name, bytes] of pages) {
    const html = new TextDecoder().decode(bytes);
    assert(!/katex-error|<script| style="/.test(html), name);
    const prose = html.replaceAll(/<(pre|code|annotation)[\s\S]*?<\/\1>|"data:[^"]*"/g, "");
    assert(!/\$[^$\s][^$]*\$/.test(prose), `${name}: ${/\$[^$\s][^$]*\$/.exec(prose)?.[0]}`);
    for (const [, target] of html.matchAll(/<a href="([^"#:]+)["#]/g)) {
      const path = target === "../index.html" ? "index.html" : `notebooks/${target}`;
      assert(files.has(path), `${name}: ${target}`);
    }
    for (const [, id] of html.matchAll(/<a href="#([^"]+)"/g)) {
      assertStringIncludes(html, ` id="${id}"`, name);
    }
  }
});

/**
 * Returns the position of the displayed sheet within the picture of all sheets, from 0 at the top
 * to 1 at the bottom.
 */
function shownShare(page: Page): Promise<number> {
  return page.locator(".training-sheet").evaluate((sheet) =>
    parseFloat(getComputedStyle(sheet).backgroundPositionY) / 100
  );
}

async function follow({ page, context }: Visit, index: number): Promise<Page> {
  const opened = context.waitForEvent("page");
  await page.locator(".links a").nth(index).click();
  const notebook = await opened;
  await notebook.locator("h1").waitFor();
  return notebook;
}
