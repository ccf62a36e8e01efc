import { assert, assertGreater } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import {
  accelerate,
  type Acceleration,
  compile,
  type StepFunction,
} from "../../../lib/compile/mod.ts";
import { useNative } from "../../support/engine.ts";
import { assertClose } from "./compare_models.ts";
import { type Helper, type Stranger, strangers } from "./strangers.ts";

const eager: Helper = { accelerate: () => {}, compile: (step) => step };

for (const [name, run] of Object.entries(strangers)) {
  Deno.test(`a model like those in public examples gives the same results: ${name}`, async () => {
    await assertSame(name, run, (models) => [accelerate(models, { strict: true })]);
  });
}

Deno.test("models that share layers can be accelerated separately", async () => {
  const name = "a GAN with classes";
  await assertSame(
    name,
    strangers[name],
    (models) => [models].flat().map((model) => accelerate(model, { strict: true })),
  );
});

async function assertSame(
  name: string,
  run: Stranger,
  accelerateAll: (models: tf.LayersModel | tf.LayersModel[]) => Acceleration[],
): Promise<void> {
  await useNative();
  const undo: (() => void)[] = [];
  const helper: Helper = {
    accelerate: (models) => {
      for (const acceleration of accelerateAll(models)) undo.push(() => acceleration.undo());
    },
    compile: (step) => {
      const compiled = compile(step as StepFunction);
      undo.push(() => compiled.dispose());
      return compiled as unknown as typeof step;
    },
  };
  const expected = await run(eager);
  const actual = await run(helper);
  assertGreater(undo.length, 0);
  for (const one of undo) one();
  assert(expected.length > 2 && expected.every(Number.isFinite));
  // Adam and RMSProp divide by roots of squares near zero, so rounding errors grow.
  assertClose(actual, expected, 5e-3, name);
}
