/**
 * Compares the levels Easy, Medium and Hard with those that an independent oracle finds. The list
 * of puzzles rated by Sukaku Explainer cannot be used for this, because it contains no puzzles at
 * these levels.
 */
import { assertEquals, assertGreater } from "@std/assert";
import { formatLine } from "../../../lib/sudoku/board/format.ts";
import { generate } from "../../../lib/sudoku/generator/generate.ts";
import type { Grid } from "../../../lib/sudoku/board/grid.ts";
import { type Level, rate } from "../../../lib/sudoku/rating/rate.ts";
import { isNightly } from "../../support/nightly.ts";
import { type PlainBand, plainBand } from "../../support/plain_bands.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";

const COUNT = isNightly ? 2000 : 100;

for (const level of ["easy", "medium", "hard", "expert"] as const) {
  for (const minimal of [false, true]) {
    const kind = `${minimal ? "minimal" : "generated"} ${level}`;
    Deno.test(`${COUNT} ${kind} puzzles have the level that the oracle gives`, () => {
      for (let seed = 0; seed < COUNT; seed++) {
        assertSameBand(generate({ level, seed, minimal }).grid);
      }
    });
  }
}

Deno.test("puzzles that were made without the generator have the level that the oracle gives", () => {
  const seen = new Map<string, number>();
  for (let seed = 0; seed < 2 * COUNT; seed++) {
    const band = assertSameBand(minimalPuzzle(9, seed));
    seen.set(band, (seen.get(band) ?? 0) + 1);
  }
  for (const band of ["easy", "medium", "hard", "harder"]) {
    assertGreater(seen.get(band) ?? 0, 0, band);
  }
});

function assertSameBand(grid: Grid): PlainBand {
  const line = formatLine(grid);
  const band = plainBand(line);
  assertEquals(bandOf(rate(grid, { atMost: 4.0 }).level), band, line);
  return band;
}

function bandOf(level: Level | undefined): PlainBand {
  if (level === "easy" || level === "medium" || level === "hard") return level;
  return "harder";
}
