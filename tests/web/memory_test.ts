/// <reference lib="dom" />
import { assert } from "@std/assert";
import type { CDPSession, Page } from "playwright-core";
import { cellOf, openPuzzle, smallPuzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { servePage } from "../support/web/site.ts";

/**
 * The maximum growth in memory use, in bytes. Some growth is expected, because every saved
 * game stays in memory. A small game takes about 1 kB.
 */
const MOST_GROWTH = 600_000;

Deno.test(inBrowser("memory stays flat over 50 new games", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, smallPuzzle);
  const { page, context } = visitor;
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  await startGames(page, 10);
  const before = await measure(session);
  await startGames(page, 50);
  const after = await measure(session);
  const text = JSON.stringify({ before, after });
  assert(after.JSHeapUsedSize - before.JSHeapUsedSize < MOST_GROWTH, text);
  assert(after.Nodes <= before.Nodes * 1.1, text);
  assert(after.JSEventListeners <= before.JSEventListeners * 1.1, text);
}));

async function startGames(page: Page, count: number): Promise<void> {
  for (let game = 0; game < count; game++) {
    await page.getByRole("button", { name: "New", exact: true }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await cellOf(page, 0).waitFor();
  }
}

async function measure(session: CDPSession): Promise<Record<string, number>> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const wanted = ["JSHeapUsedSize", "Nodes", "JSEventListeners"];
  return Object.fromEntries(
    metrics.filter(({ name }) => wanted.includes(name)).map(({ name, value }) => [name, value]),
  );
}
