import { assert, assertEquals } from "@std/assert";
import { mostNearByChance } from "../../../lib/evaluation/metrics/near_by_chance.ts";
import { randomStream } from "../../../lib/random.ts";

/**
 * [generated, unseen, rank, most], with `most` from scipy.stats.betabinom(generated, rank,
 * unseen - rank + 1).ppf(.99), SciPy 1.17.1.
 */
const cases = [
  [1000, 1000, 10, 22],
  [200, 200, 2, 8],
  [200, 1000, 10, 6],
  [1000, 200, 2, 35],
  [1000, 10_000, 100, 18],
  [50, 50, 1, 6],
  [1, 1, 1, 1],
  [3, 100, 100, 3],
  [200_000, 200_000, 2000, 2149],
];

Deno.test("the number of near images that chance explains equals SciPy's quantile", () => {
  for (const [generated, unseen, rank, most] of cases) {
    const found = mostNearByChance({ generated, unseen, rank });
    assertEquals(found, most, `${generated} against ${unseen}, rank ${rank}`);
  }
});

Deno.test("in simulated checks of a generator that copies nothing, about 1 % find more", () => {
  const [size, rank, checks] = [200, 2, 2000];
  const most = mostNearByChance({ generated: size, unseen: size, rank });
  const chance = randomStream(1, "near by chance");
  const draw = () => Float64Array.from({ length: size }, () => chance.uniform());
  const alarms = Array.from({ length: checks }).filter(() => {
    const limit = draw().sort()[rank - 1];
    return draw().filter((distance) => distance < limit).length > most;
  }).length;
  // The exact probability of an alarm is 0.998 %. A binomial bound, 6 images, would be exceeded in
  // 3.4 % of checks.
  assert(alarms > 0.004 * checks && alarms < 0.018 * checks, `${alarms}`);
});
