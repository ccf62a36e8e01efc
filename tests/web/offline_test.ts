/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import { readTrainingSheets } from "../../lib/digits/training_sheets.ts";
import { cellOf } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { openFromMenu } from "../support/web/menu.ts";
import { builtPage, servePage, visit, writePage } from "../support/web/site.ts";

Deno.test(inBrowser("the page works offline after its first load", async () => {
  const site = await servePage();
  await using visitor = await visit(site.url);
  const { page } = visitor;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await site[Symbol.asyncDispose]();
  await page.reload();
  await cellOf(page, 0).waitFor();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByLabel("4 × 4").check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("grid", { name: "4 by 4" }).waitFor();
  await openFromMenu(page, "How it was made");
  const last = (await readTrainingSheets()).epochs.at(-1)!;
  await page.getByRole("img", { name: `After epoch ${last} of ${last}` }).waitFor();
  assertEquals(await page.evaluate(() => fetch("training.webp").then(({ ok }) => ok)), true);
}));

Deno.test(inBrowser("a page from disk makes puzzles as well", async () => {
  await using site = await writePage();
  await using visitor = await visit(site.url);
  await cellOf(visitor.page, 0).waitFor();
  await visitor.page.keyboard.press("h");
  await visitor.page.getByText("Look at").waitFor();
  assertEquals(visitor.problems, []);
}));

Deno.test(inBrowser("the page works below any path of a plain web server", async () => {
  const files = await builtPage();
  const types: Readonly<Record<string, string>> = { html: "text/html", css: "text/css" };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const name = new URL(request.url).pathname.replace(/^\/some\/where\//, "") || "index.html";
    const type = types[name.split(".").at(-1)!] ?? "text/javascript";
    const file = files.get(name) as Uint8Array<ArrayBuffer> | undefined;
    return file
      ? new Response(file, { headers: { "content-type": type } })
      : new Response("", { status: 404 });
  });
  try {
    await using visitor = await visit(`http://127.0.0.1:${server.addr.port}/some/where/`);
    await cellOf(visitor.page, 0).waitFor();
    assertEquals(visitor.problems, []);
  } finally {
    await server.shutdown();
  }
}));
