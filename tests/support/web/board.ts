/// <reference lib="dom" />
import type { Page } from "playwright-core";
import {
  linkToPuzzle,
  type PlayedPuzzle,
  puzzleOf,
  readOwnPuzzle,
} from "../../../lib/web/game/mod.ts";
import { type Visit, visit } from "./site.ts";

/** An easy puzzle with 32 clues. */
export const puzzle = playedPuzzle(
  "..3.2.6..9..3.5..1..18.64....81.29..7.......8..67.82....26.95..8..2.3..9..5.1.3..",
);

/** A 4x4 puzzle, which takes only a few key presses to solve. */
export const smallPuzzle = playedPuzzle("1...|..2.|.3..|...4".replaceAll("|", ""));

function playedPuzzle(text: string): PlayedPuzzle {
  const { size, givens } = readOwnPuzzle(text);
  return puzzleOf(size, givens, { origin: { kind: "shared" } });
}

export async function openPuzzle(
  url: string,
  played: PlayedPuzzle,
  options: Parameters<typeof visit>[1] = {},
  before: Parameters<typeof visit>[2] = {},
): Promise<Visit> {
  const visitor = await visit(`${url}#${linkToPuzzle(played)}`, options, before);
  await cellOf(visitor.page, 0).waitFor();
  return visitor;
}

export function cellOf(page: Page, cell: number) {
  return page.locator(`[data-cell="${cell}"]`);
}

/** Returns each cell's label for screen readers. */
export function labelsOf(page: Page): Promise<string[]> {
  return page.locator("[role=gridcell]").evaluateAll((cells) =>
    cells.map((cell) => cell.querySelector(".unseen")!.textContent!)
  );
}

/** Returns the digit in each cell, or 0 for an empty cell. */
export function valuesOf(page: Page): Promise<number[]> {
  return page.locator("[role=gridcell]").evaluateAll((cells) =>
    cells.map((cell) => Number(cell.querySelector(".digit")?.textContent ?? 0))
  );
}

/** Returns the indices of the cells without a clue. */
export function emptyCellsOf({ givens }: PlayedPuzzle): number[] {
  return [...givens.keys()].filter((cell) => givens[cell] === 0);
}

/** Returns the label of one cell for screen readers. */
export async function labelOf(page: Page, cell: number): Promise<string> {
  return (await labelsOf(page))[cell];
}
