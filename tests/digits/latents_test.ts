import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { latentBetween, latentOf } from "../../lib/digits/latents.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { normalValues } from "../../lib/engine/random_values.ts";
import { drawLatents } from "../../lib/models/latent.ts";

Deno.test("a latent by its number is the one that sampling draws", async () => {
  await startEngine({ engine: "wasm" });
  const latents = drawLatents(7, 100, 42, 0);
  const rows = await latents.array();
  latents.dispose();
  for (const number of [0, 3, 6]) {
    assertEquals([...latentOf({ seed: 42, latentSize: 100 }, number)], rows[number]);
  }
});

Deno.test("latents of any size don't share numbers", () => {
  for (const latentSize of [1, 5, 6, 7]) {
    const sequence = { seed: 1, latentSize };
    const all = [0, 1, 2].flatMap((number) => [...latentOf(sequence, number)]);
    assertEquals(new Set(all).size, 3 * latentSize);
  }
});

Deno.test("a sequence can be entered only where a block begins", () => {
  const name = { seed: 1, step: 0 };
  const all = [...normalValues(12, name)];
  assertEquals([...normalValues(4, name, 8)], all.slice(8));
  for (const from of [2, -4]) {
    assertThrows(() => normalValues(4, name, from), RangeError, "a multiple of 4");
  }
});

Deno.test("the way between two latents begins at one, ends at the other, and keeps its distance", () => {
  const [first, second] = [0, 1].map((number) => latentOf({ seed: 5, latentSize: 100 }, number));
  assertEquals(latentBetween(first, second, 0), first);
  assertEquals(latentBetween(first, second, 1), second);
  const lengths = [first, second].map(lengthOf);
  for (const share of [0.2, 0.5, 0.8]) {
    const length = lengthOf(latentBetween(first, second, share));
    assert(
      length > 0.95 * Math.min(...lengths) && length < 1.05 * Math.max(...lengths),
      `${length}`,
    );
  }
});

Deno.test("latents in one direction, or in opposite ones, have a way too", () => {
  const [first, twice] = [Float32Array.of(1, 2), Float32Array.of(2, 4)];
  assertAlmostEquals(latentBetween(first, twice, 0.5)[1], 3, 1e-6);
  const opposite = latentBetween(first, Float32Array.of(-1, -2), 0.25);
  assert(opposite.every(Number.isFinite));
});

function lengthOf(vector: Float32Array): number {
  return Math.hypot(...vector);
}
