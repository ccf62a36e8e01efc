/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { generate } from "../../lib/sudoku/mod.ts";
import { type PlayedPuzzle, puzzleOf } from "../../lib/web/game/mod.ts";
import { cellOf, openPuzzle, smallPuzzle, valuesOf } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { servePage } from "../support/web/site.ts";

Deno.test(
  inBrowser(
    "a hint first shows the place, then the technique, then draws and carries out the step",
    async () => {
      await using site = await servePage();
      await using visitor = await openPuzzle(site.url, smallPuzzle);
      const { page } = visitor;
      const hint = page.getByRole("region", { name: "Hint" });
      await page.getByRole("button", { name: "Hint" }).click();
      await hint.getByText("Look at").waitFor();
      assertEquals(await page.locator(".overlay .unit").count() > 0, true);
      assertEquals(await hint.getByText("The technique").count(), 0);
      await hint.getByRole("button", { name: "Tell me more" }).click();
      await hint.getByText("The technique: ").waitFor();
      assertEquals(await page.locator(".overlay .big").count(), 0);
      await hint.getByRole("button", { name: "Tell me more" }).click();
      await page.locator(".overlay .big").waitFor();
      const before = await valuesOf(page);
      await hint.getByRole("button", { name: "Do it" }).click();
      const filled = (values: readonly number[]) => values.filter((value) => value > 0).length;
      assertEquals(filled(await valuesOf(page)), filled(before) + 1);
      assertEquals(await hint.count(), 0);
    },
  ),
);

Deno.test(inBrowser("a hint first points to a wrong digit", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, smallPuzzle);
  const { page } = visitor;
  const cell = smallPuzzle.givens.indexOf(0);
  await cellOf(page, cell).click();
  await page.keyboard.press(String(smallPuzzle.solution[cell] % 4 + 1));
  await page.keyboard.press("h");
  await page.getByText("First look again at row 1, column 2").waitFor();
  await page.getByRole("button", { name: "Do it" }).click();
  assertEquals((await valuesOf(page))[cell], 0);
}));

for (const level of ["hard", "extreme"] as const) {
  Deno.test(inBrowser(`hints lead through a whole ${level} game`, async () => {
    const { grid } = generate({ level, seed: 1 });
    const puzzle = puzzleOf(9, grid.values, { origin: { kind: "shared" } });
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, puzzle);
    const { page } = visitor;
    await cellOf(page, 0).click();
    await page.keyboard.press("a");
    const isDrawn = await followHints(page, puzzle);
    assertEquals(await valuesOf(page), [...puzzle.solution]);
    assert(level === "hard" || isDrawn, "an extreme game has chains, drawn as arrows");
    assertEquals(visitor.problems, []);
  }));
}

/**
 * Takes hints until the board is full. Returns whether any hint showed a chain, which is drawn with
 * arrows.
 */
async function followHints(page: Page, { size }: PlayedPuzzle): Promise<boolean> {
  let isDrawn = false;
  for (let count = 0; count < 4 * size * size; count++) {
    if ((await valuesOf(page)).every((value) => value > 0)) return isDrawn;
    await page.keyboard.press("h");
    await page.locator(".hint h2").waitFor();
    await page.keyboard.press("h");
    await page.keyboard.press("h");
    isDrawn ||= await page.locator(".overlay .arrow").count() > 0;
    await page.getByRole("button", { name: "Do it" }).click();
  }
  return isDrawn;
}
