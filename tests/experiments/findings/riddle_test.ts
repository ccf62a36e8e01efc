import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { placeRow, trySwaps } from "../../../lib/experiments/findings/riddle.ts";
import { readSheet } from "../../../lib/experiments/findings/sheet_images.ts";
import { drawSheet } from "../../../lib/display/sheets.ts";
import { randomStream } from "../../../lib/random.ts";

Deno.test("rows with equal scores share the better place", () => {
  const scores = [["base", 4], ["slow", 4], ["fast", 2], ["last", 8]]
    .map(([name, score]) => ({ name: String(name), score: Number(score) }));
  assertEquals(placeRow("slow", scores), { place: 2, of: 4, ratio: 1 });
  assertEquals(placeRow("last", scores), { place: 4, of: 4, ratio: 2 });
});

Deno.test("placing a row without a score is refused", () => {
  assertThrows(() => placeRow("slow", [{ name: "base", score: 1 }]), RangeError, "'slow'");
});

Deno.test("the exchange that was made by mistake is found", () => {
  const measured = [10, 20, 30, 40, 50];
  // The reported scores of b and e stand in each other's rows.
  const reported = [1, 5, 3, 4, 2];
  const rows = ["a", "b", "c", "d", "e"].map((name, i) => ({
    name,
    reported: reported[i],
    measured: measured[i],
  }));
  const swaps = trySwaps(rows);
  assertEquals(swaps.length, 10);
  assertEquals(swaps[0].between, ["b", "e"]);
  assertAlmostEquals(swaps[0].correlation, 1, 1e-12);
});

Deno.test("images read back from a sheet are the images that it was drawn from", async () => {
  const stream = randomStream(1, "sheet");
  const pixels = Uint8Array.from({ length: 16 * 28 * 28 }, () => stream.integer(256));
  const images = { pixels, count: 16, height: 28, width: 28, range: "0..255" } as const;
  assertEquals(await readSheet(await drawSheet(images)), images);
});

Deno.test("a sheet with a different layout is refused with its size", async () => {
  const images = {
    pixels: new Uint8Array(16 * 28 * 28),
    count: 16,
    height: 28,
    width: 28,
    range: "0..255",
  } as const;
  const narrow = await drawSheet(images, { columns: 4 });
  await assertRejects(() => readSheet(narrow), RangeError, "234x234");
});
