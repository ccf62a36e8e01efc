import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { daily } from "../../../lib/sudoku/generator/daily.ts";
import { formatLine } from "../../../lib/sudoku/board/format.ts";
import { GenerateError } from "../../../lib/sudoku/generator/generate.ts";
import { levels } from "../../../lib/sudoku/rating/rate.ts";

const golden = new URL("../../golden/sudoku/daily.json", import.meta.url);
const dates = ["2026-11-23", "2027-02-28", "2028-02-29", "2031-12-31"];

Deno.test("the daily puzzles of past and future days stay the same", async () => {
  const puzzles = dates.flatMap((date) =>
    levels.map(({ name: level }) => {
      const { grid, rating, version } = daily({ date, level });
      return { date, level, version, rating, puzzle: formatLine(grid) };
    })
  );
  if (Deno.env.get("UPDATE_GOLDEN") === "1") {
    await Deno.writeTextFile(golden, JSON.stringify(puzzles, null, 2) + "\n");
  }
  assertEquals(puzzles, JSON.parse(await Deno.readTextFile(golden)));
});

Deno.test("each day and level has its own puzzle", () => {
  const puzzle = (date: string, level: "easy" | "medium") =>
    formatLine(daily({ date, level }).grid);
  assertNotEquals(puzzle("2026-11-23", "easy"), puzzle("2026-11-24", "easy"));
  assertNotEquals(puzzle("2026-11-23", "easy"), puzzle("2026-11-23", "medium"));
});

Deno.test("an invalid date is rejected", () => {
  for (
    const date of [
      "",
      "today",
      "2026-02-30",
      "2027-02-29",
      "23.11.2026",
      "2026-1-1",
    ]
  ) {
    assertThrows(
      () => daily({ date, level: "easy" }),
      GenerateError,
      "wanted a date",
    );
  }
});
