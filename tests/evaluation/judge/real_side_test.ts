import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import { RealSide } from "../../../lib/evaluation/judge/real_side.ts";
import { chooseSubsets, sumsWithin } from "../../../lib/evaluation/metrics/kid.ts";
import { computeMoments } from "../../../lib/evaluation/metrics/moments.ts";
import { squaredRadii } from "../../../lib/evaluation/metrics/nearest_neighbours.ts";
import { useNative } from "../../support/engine.ts";
import { gaussian } from "../../support/features.ts";

const features = gaussian(30, 3, 1);
const plan = { subsets: 3, subsetSize: 8, seed: 5 };

Deno.test("moments, radii and sums equal those computed from the features", async () => {
  await useNative();
  const side = new RealSide(features);
  assertStrictEquals(side.features, features);
  // Results are kept separately for each k and for plans that differ in any part.
  const plans = [
    ...[plan, { ...plan, subsets: 2 }, { ...plan, subsetSize: 9 }, { ...plan, seed: 6 }],
    // Without separators, these two plans would have the same name: 3, 18, 5 and 31, 8, 5.
    ...[{ ...plan, subsetSize: 18 }, { ...plan, subsets: 31 }],
  ];
  for (const _ of ["computed", "kept"]) {
    assertEquals(side.moments, computeMoments(features));
    for (const k of [1, 5]) assertEquals(side.radii(k), squaredRadii(features, k));
    for (const count of [25, 40]) {
      for (const one of plans.filter(({ subsetSize }) => subsetSize <= count)) {
        assertEquals(side.subsets(count, one), chooseSubsets({ count }, features, one));
      }
    }
    for (const one of plans) assertEquals(side.sumsWithin(one), sumsWithin(features, one));
  }
  assertNotEquals(side.radii(1), side.radii(5));
});

Deno.test("each result is computed once, and a different side has its own results", async () => {
  await useNative();
  const [side, other] = [new RealSide(features), new RealSide(gaussian(30, 3, 2))];
  for (
    const result of [
      (of: RealSide) => of.moments,
      (of: RealSide) => of.radii(2),
      (of: RealSide) => of.sumsWithin(plan),
    ]
  ) {
    assertStrictEquals(result(side), result(side));
    assertNotEquals(result(side), result(other));
  }
});
