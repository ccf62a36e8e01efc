/**
 * Compares three training steps with the same steps of a second implementation, which is written in
 * NumPy (tests/references/training).
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { compile } from "../../../lib/compile/mod.ts";
import { disposeGan } from "../../../lib/training/gan/gan.ts";
import { createGanStep } from "../../../lib/training/gan/gan_step.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import {
  checkpointOf,
  createCase,
  ganCases,
  joinTensors,
  RUN_STEPS,
  storedSteps,
  takeCaseSteps,
} from "../../support/gan_cases.ts";

for (const each of ganCases) {
  Deno.test(
    `three steps equal those of NumPy: ${each.name}`,
    withoutLeaks(async () => {
      await useNative();
      const stored = await storedSteps(each.name);
      for (const compiled of [false, true]) {
        const gan = createCase(each);
        const initial = joinTensors(await checkpointOf(gan));
        assertEquals(Float32Array.from(initial), stored.initial);
        const plain = createGanStep(gan, each.options, RUN_STEPS);
        const graph = compile(plain);
        const measures = takeCaseSteps(compiled ? graph : plain).flat();
        assertClose(measures, stored.measures);
        const final = await checkpointOf(gan);
        const names = [...final.keys()].sort().flatMap((name) =>
          [...final.get(name)!.values].map((_, i) => `${name}[${i}]`)
        );
        assertClose(joinTensors(final), stored.final, names);
        graph.dispose();
        disposeGan(gan);
      }
    }),
  );
}

/**
 * Fails unless all numbers match the reference to within 1e-5. The reference is computed in double
 * precision. Even the smallest mistake in the recipe changes at least one number by more than 1e-4.
 */
function assertClose(
  found: readonly number[],
  wanted: Float32Array,
  names: readonly string[] = [],
): void {
  assertEquals(found.length, wanted.length);
  wanted.forEach((value, i) =>
    assertAlmostEquals(found[i], value, 1e-5, names[i] ?? `measure ${i}`)
  );
}
