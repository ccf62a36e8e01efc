/// <reference lib="dom" />
/**
 * Measures on screenshots how much the lines between cells stand out from the shades of the cells.
 * The lines must be visible on every shade and below the drawing of a hint.
 */
import { assert, assertMatch } from "@std/assert";
import sharp from "sharp";
import type { Page } from "playwright-core";
import { cellOf, openPuzzle, puzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { servePage } from "../support/web/site.ts";

/** The number of thin lines if all cells are shaded: 54 upright ones and 54 level ones. */
const ALL_LINES = 108;

/** The least ratio of the brightness of a line to that of the cells at its sides. */
const LEAST = 1.5;

const themes = ["light", "dark"] as const;

Deno.test(inBrowser("lines are visible between cells that a hint shades", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, puzzle);
  const { page } = visitor;
  await cellOf(page, 0).click();
  await page.keyboard.press("h");
  await page.locator(".overlay .unit").first().waitFor();
  for (const [width, height] of [[320, 640], [768, 1024], [1366, 768], [3840, 2160]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await checkLines(page, `${width} x ${height}, ${colorScheme}`);
    }
  }
}));

Deno.test(inBrowser("lines are visible between cells of every colour", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, puzzle, {
    viewport: { width: 320, height: 640 },
  });
  const { page } = visitor;
  await cellOf(page, 0).click();
  await page.keyboard.press("Control+a");
  await page.locator(".cell.selected").nth(80).waitFor();
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await checkLines(page, `selected, ${theme}`, ALL_LINES);
  }
  await page.keyboard.press("v");
  for (let color = 1; color <= 9; color++) {
    await page.keyboard.press("Control+a");
    await page.keyboard.press(String(color));
    await page.keyboard.press("Escape");
    await page.locator(".cell.colored:not(.selected)").nth(79).waitFor();
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await checkLines(page, `colour ${color}, ${theme}`, ALL_LINES);
    }
    await page.keyboard.press("Control+z");
  }
}));

Deno.test(inBrowser("a selected cell shows all of its colours", async () => {
  await using site = await servePage();
  await using visitor = await openPuzzle(site.url, puzzle);
  const { page } = visitor;
  const cell = cellOf(page, 0);
  await cell.click();
  await page.keyboard.press("v");
  for (const color of ["1", "2"]) await page.keyboard.press(color);
  const background = await cell.evaluate((cell) => getComputedStyle(cell).backgroundImage);
  assertMatch(background, /gradient.*gradient/);
}));

/** A line between two neighbouring cells, in pixels of the page. */
interface Line {
  /** The names of its cells. */
  readonly cells: string;
  readonly isUpright: boolean;
  /** The coordinate at which the second cell begins. */
  readonly end: number;
  /** Where the line begins and ends in its own direction. */
  readonly from: number;
  readonly to: number;
}

/** @param least the number of lines that must be there at least */
async function checkLines(page: Page, name: string, least = 6): Promise<void> {
  const lines = await shadedLines(page);
  assert(lines.length >= least, `${name}: ${lines.length} lines`);
  const { data, info } = await sharp(await page.screenshot()).removeAlpha().raw()
    .toBuffer({ resolveWithObject: true });
  const lightAt = (line: Line, at: number) => {
    const lights: number[] = [];
    const length = line.to - line.from;
    // Near the ends of a line, no digit reaches the line.
    for (const share of [0.06, 0.09, 0.12, 0.15, 0.85, 0.88, 0.91, 0.94]) {
      const along = line.from + share * length;
      const [x, y] = line.isUpright ? [at, along] : [along, at];
      const pixel = (Math.round(y) * info.width + Math.round(x)) * 3;
      lights.push(brightness([...data.subarray(pixel, pixel + 3)]));
    }
    return lights.sort((a, b) => a - b)[lights.length >> 1];
  };
  for (const line of lines) {
    const gap = Math.max(5, (line.to - line.from) * 0.06);
    const ratios = [-gap, gap].map((way) =>
      // Cells may begin between two pixels.
      Math.max(...[-2, -1, 0].map((by) => {
        const [a, b] = [lightAt(line, line.end + by), lightAt(line, line.end + way)];
        return Math.max(a, b) / Math.min(a, b);
      }))
    );
    assert(Math.min(...ratios) > LEAST, `${name}, cells ${line.cells}: ${ratios}`);
  }
}

/** Returns the thin lines that have a shaded cell on either side. */
function shadedLines(page: Page): Promise<Line[]> {
  return page.evaluate(() => {
    const units = [...document.querySelectorAll(".overlay .unit")].map((unit) =>
      unit.getBoundingClientRect()
    );
    const cells = [...document.querySelectorAll<HTMLElement>("[data-cell]")];
    const isShaded = (cell: HTMLElement) => {
      const { x, y, width, height } = cell.getBoundingClientRect();
      const [across, down] = [x + width / 2, y + height / 2];
      return cell.matches(".peer, .selected, .colored") ||
        units.some((unit) =>
          unit.left < across && across < unit.right && unit.top < down && down < unit.bottom
        );
    };
    return cells.flatMap((cell, index) => {
      if (!isShaded(cell)) return [];
      const box = cell.getBoundingClientRect();
      const names = cell.classList;
      const next = [
        { other: names.contains("box-right") ? -1 : index + 1, isUpright: true },
        { other: names.contains("box-bottom") ? -1 : index + 9, isUpright: false },
      ];
      return next.filter(({ other }) => other >= 0 && isShaded(cells[other])).map((
        { other, isUpright },
      ) => ({
        cells: `${index} and ${other}`,
        isUpright,
        end: isUpright ? box.right : box.bottom,
        from: isUpright ? box.top : box.left,
        to: isUpright ? box.bottom : box.right,
      }));
    });
  });
}

/** Returns the brightness as the accessibility guidelines define it, from 0.05 to 1.05. */
function brightness(color: readonly number[]): number {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
}
