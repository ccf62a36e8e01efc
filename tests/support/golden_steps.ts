/** Reads the positions for which the reference program's steps are known. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { maskOf } from "../../lib/sudoku/board/bits.ts";
import { Board } from "../../lib/sudoku/board/board.ts";
import { gridFrom } from "./sudoku_lists.ts";

/**
 * A position, and the step that the reference program finds there. The field `origin` in
 * tests/golden/sudoku/steps.json says where the positions come from.
 */
export interface GoldenStep {
  readonly technique: string;
  readonly rating: number;
  /**
   * The name of the program that determines which techniques are tried, and in which order. Only
   * Sukaku Explainer has the techniques that use chains of two or three strong links.
   */
  readonly order: "Sukaku Explainer" | "Sudoku Explainer";
  readonly values: string;
  readonly notes: string;
  readonly placed: readonly string[];
  readonly removed: readonly string[];
}

const path = join(import.meta.dirname!, "../golden/sudoku/steps.json");
const { steps }: { readonly steps: readonly GoldenStep[] } = JSON.parse(readFileSync(path, "utf8"));

/** All positions, with the techniques in ascending order of difficulty. */
export const goldenSteps: readonly GoldenStep[] = steps;

/** Returns the board of a position. */
export function goldenBoard({ values, notes }: GoldenStep): Board {
  const masks = notes.split(" ").map((note) => note === "." ? 0 : maskOf([...note].map(Number)));
  return Board.withNotes(gridFrom(values), masks);
}
