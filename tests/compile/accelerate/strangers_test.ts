/** Models as others write them: the same losses, histories and outputs, eager and accelerated. */
import { assert, assertGreater } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import { accelerate, type Acceleration, compile, type Step } from "../../../lib/compile/mod.ts";
import { useNative } from "../../support/engine.ts";
import { assertClose } from "./compare_models.ts";
import { type Helper, strangers } from "./strangers.ts";

const eager: Helper = { accelerate: () => {}, compile: (step) => step };

for (const [name, run] of Object.entries(strangers)) {
  Deno.test(`a stranger's model: ${name}`, async () => {
    await useNative();
    const undo: (() => void)[] = [];
    const helper: Helper = {
      accelerate: (models: tf.LayersModel | tf.LayersModel[]) => {
        const acceleration: Acceleration = accelerate(models, { strict: true });
        undo.push(() => acceleration.undo());
      },
      compile: (step) => {
        const compiled = compile(step as Step);
        undo.push(() => compiled.dispose());
        return compiled as unknown as typeof step;
      },
    };
    const expected = await run(eager);
    const actual = await run(helper);
    assertGreater(undo.length, 0);
    for (const one of undo) one();
    assert(expected.length > 2 && expected.every(Number.isFinite));
    // Adam and RMSProp divide by roots of squares near zero: rounding grows in them.
    assertClose(actual, expected, 5e-3, name);
  });
}
