/**
 * Tests that gan_reference.py, which trains a GAN in NumPy, still reproduces the stored training
 * steps. Run this test with `REFERENCES=1 deno task test`.
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { useNative } from "../../support/engine.ts";
import { computeGanReference, joinTensors, storedSteps } from "../../support/gan_cases.ts";
import { needsReferences } from "../../support/references.ts";
import { requiring } from "../../support/skip.ts";

Deno.test(requiring(
  needsReferences,
  "the stored steps of the NumPy implementation equal its current steps",
  async () => {
    await useNative();
    const { cases } = await computeGanReference();
    for (const [name, tensors] of cases) {
      const { final, measures } = await storedSteps(name);
      const found = [
        ...joinTensors(tensors),
        ...tensors.get("measures")!.values,
      ];
      const wanted = [...final, ...measures];
      assertEquals(found.length, wanted.length);
      wanted.forEach((value, i) => assertAlmostEquals(found[i], value, 1e-7, name));
    }
  },
));
