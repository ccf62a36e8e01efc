import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { randomFromText, shuffle } from "../../../lib/sudoku/generator/random_from_text.ts";

function draw(text: string, count: number, below: number): number[] {
  const random = randomFromText(text);
  return Array.from({ length: count }, () => random.integer(below));
}

Deno.test("a seed string fixes the numbers, and a different string gives different ones", () => {
  assertEquals(draw("a", 50, 1000), draw("a", 50, 1000));
  for (const other of ["b", "A", "a ", "", "á", "aa"]) {
    assertNotEquals(draw("a", 50, 1000), draw(other, 50, 1000));
  }
});

Deno.test("a seed string still gives the numbers on which the daily puzzles are based", () => {
  assertEquals(draw("a day", 8, 100), [66, 18, 5, 70, 4, 95, 31, 3]);
});

Deno.test("integers are equally likely within four standard deviations", () => {
  for (const below of [2, 3, 9, 81]) {
    const count = 20_000;
    const seen = new Array<number>(below).fill(0);
    for (const value of draw(`below ${below}`, count, below)) seen[value]++;
    const expected = count / below;
    const deviation = Math.sqrt(expected * (1 - 1 / below));
    for (const times of seen) {
      assert(Math.abs(times - expected) < 4 * deviation);
    }
  }
});

Deno.test("the first numbers for seed strings that differ in one character are equally likely", () => {
  const seen = new Array<number>(10).fill(0);
  for (let index = 0; index < 5000; index++) {
    seen[draw(`seed ${index}`, 1, 10)[0]]++;
  }
  for (const times of seen) assert(Math.abs(times - 500) < 4 * Math.sqrt(450));
});

Deno.test("a shuffle contains every number once, and every order occurs", () => {
  const random = randomFromText("orders");
  const orders = new Set<string>();
  for (let draws = 0; draws < 300; draws++) {
    const order = shuffle(4, random);
    assertEquals([...order].sort(), [0, 1, 2, 3]);
    orders.add(order.join());
  }
  assertEquals(orders.size, 24);
});
