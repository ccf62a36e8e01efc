/// <reference lib="dom" />
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import type { PlayedPuzzle } from "../../lib/web/game/mod.ts";
import {
  cellOf,
  emptyCellsOf,
  labelOf,
  labelsOf,
  openPuzzle,
  puzzle,
  smallPuzzle,
  valuesOf,
} from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { servePage } from "../support/web/site.ts";

const ways: Readonly<Record<string, (page: Page, played: PlayedPuzzle) => Promise<void>>> = {
  async keyboard(page, { size, givens, solution }) {
    await page.keyboard.press("Tab");
    while (!await page.evaluate(() => document.activeElement?.matches("[role=gridcell]"))) {
      await page.keyboard.press("Tab");
    }
    for (let row = 0; row < size; row++) {
      await page.keyboard.press("Home");
      for (let column = 0; column < size; column++) {
        const cell = row * size + column;
        if (givens[cell] === 0) await page.keyboard.press(String(solution[cell]));
        await page.keyboard.press("ArrowRight");
      }
      await page.keyboard.press("ArrowDown");
    }
  },
  async mouse(page, played) {
    for (const cell of emptyCellsOf(played)) {
      await cellOf(page, cell).click();
      await padButton(page, played.solution[cell]).click();
    }
  },
  async touch(page, played) {
    for (const cell of emptyCellsOf(played)) {
      await cellOf(page, cell).tap();
      await padButton(page, played.solution[cell]).tap();
    }
  },
};

for (const [name, fill] of Object.entries(ways)) {
  Deno.test(inBrowser(`a puzzle is played to its end by ${name}`, async () => {
    await using site = await servePage();
    const hasTouch = name === "touch";
    await using visitor = await openPuzzle(site.url, puzzle, { hasTouch });
    const { page } = visitor;
    await fill(page, puzzle);
    assertEquals(await valuesOf(page), [...puzzle.solution]);
    assertStringIncludes(await page.getByRole("status").first().innerText(), "Solved in");
    assertEquals(visitor.problems, []);
  }));
}

Deno.test(
  inBrowser(
    "the names of cells state place, digit and notes, and changes are announced",
    async () => {
      await using site = await servePage();
      await using visitor = await openPuzzle(site.url, smallPuzzle);
      const { page } = visitor;
      assertEquals((await labelsOf(page)).slice(0, 2), [
        "row 1, column 1, 1, given",
        "row 1, column 2, empty",
      ]);
      await cellOf(page, 1).click();
      await page.keyboard.press("Alt+3");
      await page.keyboard.press("Shift+Digit2");
      assertEquals(
        await labelOf(page, 1),
        "row 1, column 2, empty, notes 3, corner notes 2",
      );
      await page.keyboard.press("1");
      assertEquals(
        await labelOf(page, 1),
        "row 1, column 2, 1, in conflict",
      );
      assertEquals(await cellOf(page, 1).getAttribute("aria-invalid"), "true");
      const said = page.locator("p[role=status].unseen");
      assertEquals(await said.innerText(), "1 entered, 2 left. 1 is there twice");
      await page.keyboard.press("Control+z");
      assertEquals(await said.innerText(), "undone");
    },
  ),
);

Deno.test(
  inBrowser("several cells receive a digit together: by drag, by Shift, by Ctrl", async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, smallPuzzle);
    const { page } = visitor;
    const selected = () =>
      page.locator("[aria-selected=true]").evaluateAll((cells) =>
        cells.map((cell) => Number((cell as HTMLElement).dataset.cell))
      );
    await cellOf(page, 1).hover();
    await page.mouse.down();
    await cellOf(page, 2).hover();
    await cellOf(page, 3).hover();
    await page.mouse.up();
    assertEquals(await selected(), [1, 2, 3]);
    await cellOf(page, 2).click({ modifiers: ["Control"] });
    assertEquals(await selected(), [1, 3]);
    await page.keyboard.press("Shift+ArrowDown");
    assertEquals(await selected(), [1, 3, 6]);
    await page.keyboard.press("c");
    await page.keyboard.press("4");
    const labels = await labelsOf(page);
    assertEquals(
      labels.flatMap((label, cell) => label.endsWith("notes 4") ? [cell] : []),
      [1, 3],
      "cell 6 holds a clue",
    );
  }),
);

Deno.test(inBrowser("a game is restored after a reload, including undo", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, smallPuzzle);
  const { page } = visitor;
  await cellOf(page, 1).click();
  await page.keyboard.press("4");
  await page.goto(site.url);
  await cellOf(page, 0).waitFor();
  assertEquals((await valuesOf(page))[1], 4);
  await page.keyboard.press("Control+z");
  assertEquals((await valuesOf(page))[1], 0);
}));

Deno.test(inBrowser("one tab continues from the changes of the other", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, smallPuzzle, {}, { script: holdRatings });
  const first = visitor.page;
  await cellOf(first, 1).click();
  await first.keyboard.press("2");
  await waitForWriters(first, 1);
  const second = await visitor.context.newPage();
  await second.goto(site.url);
  await cellOf(second, 2).waitFor();
  assertEquals((await valuesOf(second))[1], 2);
  // The second tab saves the game as it opens it, and the first one hears of that.
  await waitForWriters(first, 2);
  await first.evaluate("releaseRatings()");
  await first.getByText("rated").first().waitFor();
  await cellOf(second, 2).click();
  await second.keyboard.press("3");
  await first.waitForFunction(() =>
    document.querySelector("[data-cell='2'] .digit")?.textContent === "3"
  );
  assertEquals((await valuesOf(first)).slice(1, 3), [2, 3]);
  assertEquals(visitor.problems, []);
}));

/** Makes the worker's ratings wait until the test releases them. */
const holdRatings = `
  const held = [];
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    const post = () => postMessage.call(this, message, ...rest);
    if (message.kind === "rate") held.push(post); else post();
  };
  globalThis.releaseRatings = () => held.splice(0).forEach((post) => post());
`;

/** Waits until the only game has one change, and as many tabs in turn have saved it. */
async function waitForWriters(page: Page, count: number): Promise<void> {
  await page.waitForFunction((count) => {
    const key = Object.keys(localStorage).find((key) => key.includes("/game/"));
    const [saved] = JSON.parse(key === undefined ? "[]" : localStorage.getItem(key)!);
    return saved?.lineage.length === count && saved.game.past.length === 1;
  }, count);
}

function padButton(page: Page, digit: number) {
  return page.locator(".pad").getByRole("button", { name: new RegExp(`^${digit}\\b`) });
}

Deno.test(inBrowser("notes are one text a cell; only marked notes are elements", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, puzzle);
  const { page } = visitor;
  await cellOf(page, 0).click();
  for (const digit of [1, 4, 8]) await page.keyboard.press(`Shift+Digit${digit}`);
  const corner = page.locator("[data-cell='0'] .notes.corner");
  assertEquals(await corner.textContent(), "1\t\t4\n\t\t\n8\t\t");
  await page.keyboard.press("a");
  const empty = emptyCellsOf(puzzle).length;
  // One element for the centre marks of each empty cell, and one for the corner marks.
  assertEquals(await page.locator("[data-cell] .notes").count(), empty + 1);
  const labels = await labelsOf(page);
  await cellOf(page, 2).click();
  const isLit = (label: string) => /notes [^,]*3/.test(label);
  const lit = page.locator("[data-cell] .centre .lit");
  assertEquals(await lit.count(), labels.filter(isLit).length);
  assertEquals(new Set(await lit.allTextContents()), new Set(["3"]));
}));
