import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import {
  findMemorization,
  scoreMemorization,
} from "../../../lib/evaluation/metrics/memorization.ts";
import { useNative } from "../../support/engine.ts";
import { fromRows, gaussian, transform } from "../../support/features.ts";

const where = "features";

Deno.test("copies are nearer to the training images than unseen images are", async () => {
  await useNative();
  const training = gaussian(800, 8, 1);
  const copies = transform(training, (x) => x + 1e-3);
  const { scores: [median, share], rows, nearest } = findMemorization({
    generated: copies,
    unseen: gaussian(500, 8, 2),
    training,
  }, { where, queries: 200 });
  assertEquals(rows.length, 200);
  assertEquals(nearest.indices, rows, "each copy's nearest is its original");
  assertLess(median.value, .01);
  assertGreater(median.floor!, .5);
  assertEquals([share.value, share.floor, share.better], [1, .01, "lower"]);
});

Deno.test("new samples of the same distribution are as near to the training images as unseen images are", async () => {
  await useNative();
  const { scores: [median, share], unseen } = findMemorization({
    generated: gaussian(900, 6, 1),
    unseen: gaussian(900, 6, 2),
    training: gaussian(2000, 6, 3),
  }, { where });
  assertAlmostEquals(median.value / median.floor!, 1, .08);
  assertLess(share.value, .04);
  assertEquals(unseen.length, 900, "all of fewer than asked for");
});

Deno.test("the seed chooses the images, and the order of the training images changes no distance", async () => {
  await useNative();
  const sets = {
    generated: gaussian(60, 4, 1),
    unseen: gaussian(60, 4, 2),
    training: gaussian(90, 4, 3),
  };
  const draw = (seed: number, training: Features = sets.training) =>
    findMemorization({ ...sets, training }, { where, seed, queries: 20 });
  assertEquals(draw(1), draw(1));
  assert(draw(1).rows.join() !== draw(2).rows.join());
  const { values, dimension, count } = sets.training;
  const reversed = fromRows(
    Array.from({ length: count }, (_, i) => [
      ...values.subarray(
        (count - 1 - i) * dimension,
        (count - i) * dimension,
      ),
    ]),
  );
  assertEquals(
    draw(1, reversed).nearest.distances,
    draw(1).nearest.distances,
  );
});

Deno.test("the rows that a seed chooses never change, since cached distances depend on them", async () => {
  await useNative();
  const line = fromRows(Array.from({ length: 9 }, (_, i) => [i]));
  const { rows, unseen } = findMemorization(
    { generated: line, unseen: line, training: fromRows([[0]]) },
    { where, seed: 3, queries: 4 },
  );
  assertEquals([[...rows], [...unseen]], DRAWN);
});

const DRAWN = [[1, 7, 5, 8], [1, 4, 5, 7]];

Deno.test("memorization accepts bytes of pixels as features", async () => {
  await useNative();
  const training: Features = {
    values: Uint8Array.of(0, 0, 255, 255, 9, 9),
    count: 3,
    dimension: 2,
  };
  const generated = { values: Uint8Array.of(3, 4), count: 1, dimension: 2 };
  const { nearest } = findMemorization(
    { generated, unseen: generated, training },
    { where: "pixels" },
  );
  assertEquals([...nearest.distances], [5]);
  assertEquals([...nearest.indices], [0]);
});

Deno.test("memorization returns medians, and the share of suspiciously near images", () => {
  const unseen = Float64Array.from({ length: 101 }, (_, i) => 100 + i);
  const [[median, share]] = scoreMemorization(
    Float64Array.of(1, 100.5, 150, 151, 400),
    unseen,
    where,
  );
  assertEquals([median.value, median.floor], [150, 150]);
  assertEquals([median.name, share.name], [
    "nearest training image, features (median distance)",
    "suspiciously near to one, features (share)",
  ]);
  assertEquals(share.value, 2 / 5);
});

Deno.test("images are suspiciously near if all but 1 % of unseen images are farther away", () => {
  // The limit of 1 % is arbitrary: it marks ten of a thousand honest images as suspicious.
  const unseen = Float64Array.from({ length: 1001 }, (_, i) => i);
  const [[, share]] = scoreMemorization(
    Float64Array.of(9.9, 10, 10.1, 15, 19.9),
    unseen,
    where,
  );
  assertEquals([share.value, share.floor], [1 / 5, .01]);
});

Deno.test("suspicious images are counted, with the number that chance explains", () => {
  const unseen = Float64Array.from({ length: 1000 }, (_, i) => i);
  const generated = Float64Array.from({ length: 1000 }, (_, i) => i < 30 ? 8.9 : 9);
  const [, suspicious] = scoreMemorization(generated, unseen, where);
  assertEquals(suspicious, { limit: 9, count: 30, mostByChance: 22 });
});

Deno.test("memorization refuses sets that cannot be compared", () => {
  const refuse = (message: string, attempt: () => unknown) =>
    assertThrows(attempt, EvaluationError, message);
  const good = gaussian(5, 3, 1);
  const empty = { values: new Float64Array(0), count: 0, dimension: 3 };
  refuse(
    "found none",
    () => scoreMemorization(new Float64Array(0), new Float64Array(1), where),
  );
  refuse(
    "Memorization in features: wanted at least 1 images; found 0",
    () =>
      findMemorization(
        { generated: empty, unseen: good, training: good },
        { where },
      ),
  );
  refuse(
    "found none",
    () => scoreMemorization(new Float64Array(1), new Float64Array(0), where),
  );
  // Cached distances do not make sets of different dimensions comparable.
  refuse("4 dimensions against 3", () =>
    findMemorization(
      { generated: good, unseen: gaussian(5, 4, 1), training: good },
      { where, unseenDistances: Float64Array.of(1) },
    ));
  refuse("4 dimensions against 3", () =>
    findMemorization({
      generated: good,
      unseen: gaussian(5, 4, 1),
      training: good,
    }, { where }));
});
