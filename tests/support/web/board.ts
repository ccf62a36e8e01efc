/// <reference lib="dom" />
/** Reads and fills in the board in a browser. */
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

/** A small puzzle for children, which takes few key presses. */
export const smallPuzzle = playedPuzzle("1...|..2.|.3..|...4".replaceAll("|", ""));

function playedPuzzle(text: string): PlayedPuzzle {
  const { size, givens } = readOwnPuzzle(text);
  return puzzleOf(size, givens, { origin: { kind: "shared" } });
}

/** Opens a puzzle by its link. */
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

/** Returns the locator of a cell. */
export function cellOf(page: Page, cell: number) {
  return page.locator(`[data-cell="${cell}"]`);
}

/** Returns what a screen reader calls each cell. */
export function labelsOf(page: Page): Promise<string[]> {
  return page.locator("[role=gridcell]").evaluateAll((cells) =>
    cells.map((cell) => cell.querySelector(".unseen")!.textContent!)
  );
}

/** Returns the digits that the text of the cells shows; 0 for an empty cell. */
export function valuesOf(page: Page): Promise<number[]> {
  return page.locator("[role=gridcell]").evaluateAll((cells) =>
    cells.map((cell) => Number(cell.querySelector(".digit")?.textContent ?? 0))
  );
}

/** Returns the cells to fill in. */
export function emptyCellsOf({ givens }: PlayedPuzzle): number[] {
  return [...givens.keys()].filter((cell) => givens[cell] === 0);
}

/** Returns what a screen reader calls a cell. */
export async function labelOf(page: Page, cell: number): Promise<string> {
  return (await labelsOf(page))[cell];
}
