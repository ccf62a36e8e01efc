/**
 * Tests that a call is refused if it uses a number that changes from call to call, even if the
 * number changes only once a year, or is the same in half of all calls.
 */
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile, CompileError } from "../../lib/compile/mod.ts";
import { otherTime } from "../../lib/compile/other_time.ts";
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
  "the second of Date.now": () => Math.floor(Date.now() / 1000),
  "an even second": () => new Date().getSeconds() % 2,
  "an even minute": () => new Date().getMinutes() % 2,
  "the hour": () => new Date().getHours(),
  "the hour as text": () => Number(Date().slice(16, 18)),
  "an even hour": () => new Date().getUTCHours() % 2,
  "morning": () => new Date().getHours() < 12 ? 1 : 0,
  "the day": () => new Date().getDate(),
  "an even weekday": () => new Date().getDay() % 2,
  "an even month": () => new Date().getUTCMonth() % 2,
  "the year": () => new Date().getFullYear(),
  "performance.now": () => performance.now(),
  "the second of performance.now": () => Math.floor(performance.now() / 1000),
  "an even millisecond of performance.now": () => Math.floor(performance.now()) % 2,
  "an even second of tf.util.now": () => Math.floor(tf.util.now() / 1000) % 2,
  "a duration in seconds": () => {
    const start = Date.now();
    return Math.floor((Date.now() - start) / 1000);
  },
  "a UUID": () => parseInt(crypto.randomUUID().slice(0, 6), 16),
  "a bit of a UUID": () => parseInt(crypto.randomUUID()[0], 16) % 2,
  "a random bit": () => Math.random() < 0.5 ? 0 : 1,
  "a random bit of the system": () => crypto.getRandomValues(new Uint8Array(1))[0] % 2,
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

Deno.test("a choice by the time is refused, and so is a choice by a random bit", async () => {
  await useNative();
  const choices = {
    hour: () => new Date().getHours() % 2 === 0,
    bit: () => crypto.getRandomValues(new Uint8Array(1))[0] < 128,
  };
  for (const choose of Object.values(choices)) {
    const step = compile((x: tf.Tensor) => choose() ? x : x.neg());
    for (let i = 0; i < 5; i++) {
      assertThrows(() => step(tf.scalar(1)), CompileError, "frozen_time_test.ts");
    }
    step.dispose();
  }
});

Deno.test("a function may log and measure times", async () => {
  await useNative();
  const lines: string[] = [];
  const step = compile((x: tf.Tensor) => {
    const start = [Date.now(), performance.now(), tf.util.now()];
    const result = x.square();
    const end = [Date.now(), performance.now(), tf.util.now()];
    lines.push(`${new Date().toISOString()}: ${end.map((time, i) => time - start[i])} ms`);
    return result;
  });
  const before = Date.now();
  assertEquals([2, 3].map((value) => step(tf.scalar(value)).dataSync()[0]), [4, 9]);
  // The first of the two traced runs sees the real time.
  const logged = Date.parse(lines[0].slice(0, 24));
  assert(before <= logged && logged <= Date.now(), lines[0]);
  assertEquals(lines.length, 2);
  step.dispose();
});

/** Functions that return a field of a local date. */
const fields: readonly ((date: Date) => number)[] = [
  ...[(date: Date) => date.getMilliseconds(), (date: Date) => date.getSeconds()],
  ...[(date: Date) => date.getMinutes(), (date: Date) => date.getHours()],
  ...[(date: Date) => date.getDate(), (date: Date) => date.getDay()],
  ...[(date: Date) => date.getMonth(), (date: Date) => date.getFullYear()],
];

for (const zone of ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]) {
  Deno.test(`in a further run each field of a date is odd instead of even, or even instead of odd: ${zone}`, () => {
    const before = Deno.env.get("TZ");
    Deno.env.set("TZ", zone);
    try {
      const [from, to] = [Date.UTC(2024, 0, 1), Date.UTC(2034, 0, 1)];
      fc.assert(
        fc.property(fc.integer({ min: from, max: to }), fc.nat(40), (time, reading) => {
          const [a, b] = [time, otherTime(time, reading)].map((one) => new Date(one));
          const same = fields.filter((field) => (field(a) - field(b)) % 2 === 0);
          assertEquals(same.map(String), [], `${a.toISOString()} and ${b.toISOString()}`);
          assert(b > a);
          assert((b.getHours() < 12) !== (a.getHours() < 12));
        }),
        { numRuns: 300 },
      );
    } finally {
      if (before === undefined) Deno.env.delete("TZ");
      else Deno.env.set("TZ", before);
    }
  });
}

Deno.test("a fixed date is no reason to refuse a call", async () => {
  await useNative();
  const step = compile((x: tf.Tensor) => {
    const day = new Date(2026, 0, 31);
    assert(day instanceof Date);
    return x.add(day.getDate()).add(new Date(5).getTime());
  });
  assertEquals(step(tf.scalar(1)).dataSync()[0], 37);
  step.dispose();
});

Deno.test("clocks and sources of random numbers are restored after a trace, also after one that fails", async () => {
  await useNative();
  const before = sources();
  for (const failing of [0, 1, 2]) {
    let runs = 0;
    const step = compile((x: tf.Tensor) => {
      if (failing > 0 && ++runs >= failing) throw new Error("The function fails.");
      return x.square();
    });
    if (failing > 0) assertThrows(() => step(tf.scalar(1)), Error, "The function fails.");
    else step(tf.scalar(1));
    sources().forEach((source, i) => assert(source === before[i], `${failing}: source ${i}`));
    step.dispose();
  }
});

function sources(): unknown[] {
  return [
    ...[Date, Date.now, performance.now, Object.hasOwn(performance, "now")],
    ...[tf.env().platform.now, tf.util.now, Math.random],
    ...[crypto.getRandomValues, crypto.randomUUID, Object.hasOwn(crypto, "randomUUID")],
  ];
}
