/**
 * Tests that a call is refused if it uses a number that changes from call to call, even if two
 * calls are less than a millisecond apart.
 */
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, CompileError } from "../../lib/compile/mod.ts";
import { useNative } from "../support/engine.ts";

let calls = 0;
function* count() {
  for (let i = 0;; i++) yield i;
}
const counting = count();

const changing: Readonly<Record<string, () => number>> = {
  "Date.now": () => Date.now() % 1000,
  "a new Date": () => new Date().getMilliseconds(),
  "a Date as text": () => Date.parse(`${new Date().toISOString()}`) % 1000,
  "performance.now": () => performance.now(),
  "a UUID": () => parseInt(crypto.randomUUID().slice(0, 6), 16),
  "a shuffled list": () => {
    const list = [1, 2, 3, 4];
    tf.util.shuffle(list);
    return list[0];
  },
  "a counter": () => calls++,
  "a generator": () => counting.next().value as number,
};

for (const [name, value] of Object.entries(changing)) {
  Deno.test(`a number that is another in each call is refused: ${name}`, async () => {
    await useNative();
    const step = compile((x: tf.Tensor) => x.add(value()));
    for (let i = 0; i < 5; i++) {
      const { message } = assertThrows(() => step(tf.scalar(1)), CompileError);
      assertMatch(message, /frozen_time_test\.ts:\d+|shuffle/);
    }
    step.dispose();
  });
}

Deno.test("a fixed date is no reason to refuse a call, and the clock is right again afterwards", async () => {
  await useNative();
  const before = Date;
  const step = compile((x: tf.Tensor) => {
    const day = new Date(2026, 0, 31);
    assert(day instanceof Date);
    return x.add(day.getDate()).add(new Date(5).getTime());
  });
  assertEquals(step(tf.scalar(1)).dataSync()[0], 37);
  step.dispose();
  assert(Date === before);
  assertEquals(`${Date.now}`, "function now() { [native code] }");
});
