import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bestSwapsByChance, placeRow, trySwaps } from "../../../lib/experiments/findings/riddle.ts";

Deno.test("rows with equal scores share the better place", () => {
  const scores = [["base", 4], ["slow", 4], ["fast", 2], ["last", 8]]
    .map(([name, score]) => ({ name: String(name), score: Number(score) }));
  assertEquals(placeRow("slow", scores), { place: 2, of: 4, ratio: 1 });
  assertEquals(placeRow("last", scores), { place: 4, of: 4, ratio: 2 });
});

Deno.test("placing a row without a score is refused", () => {
  assertThrows(() => placeRow("slow", [{ name: "base", score: 1 }]), RangeError, "'slow'");
});

Deno.test("two scores swapped by mistake are found", () => {
  const measured = [10, 20, 30, 40, 50];
  // The reported scores of b and e are in each other's rows.
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

Deno.test("half of the orders of three scores are one swap away from perfect agreement", () => {
  // Any swap spoils the right order, and no single swap repairs a rotation.
  const rows = ["a", "b", "c"].map((name, i) => ({ name, reported: i, measured: 10 * i }));
  const best = bestSwapsByChance(rows, { tables: 600, seed: 1 });
  assertEquals(best.length, 600);
  const share = best.filter((correlation) => correlation > 0.999).length / 600;
  assert(Math.abs(share - 1 / 2) < 0.08, String(share));
  assertEquals(bestSwapsByChance(rows, { tables: 600, seed: 1 }), best);
});
