import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, CompileError } from "../../lib/compile/mod.ts";
import { type Binding, nativeBackend } from "../../lib/native/native_backend.ts";
import { useNative } from "../support/engine.ts";

Deno.test("a new shape loads its own graph, and reloads no earlier graph", async () => {
  await useNative();
  const total = tf.variable(tf.scalar(0));
  const step = compile((x: tf.Tensor1D) => {
    total.assign(total.add(x.square().sum()));
    return total.clone();
  });
  const { sizes } = countLoads(() =>
    withoutWarnings(() => {
      for (let size = 1; size <= 30; size++) step(tf.ones([size]));
    })
  );
  assertEquals(total.dataSync()[0], 30 * 31 / 2);
  const most = Math.max(...sizes.slice(0, 3));
  const late = sizes.slice(-5);
  assertEquals(late.every((size) => size <= 1.1 * most), true, `${sizes}`);
  assertEquals(sizes.length <= 40, true, `${sizes.length} graphs were loaded`);
  step.dispose();
});

Deno.test("many alternating shapes leave the same values in variables as eager calls", async () => {
  await useNative();
  const run = (compiled: boolean) => {
    const [v, w] = [1, 2].map((value) => tf.variable(tf.scalar(value)));
    const steps = [
      (x: tf.Tensor1D) => v.assign(v.mul(0.9).add(x.sum())),
      (x: tf.Tensor1D) => w.assign(w.mul(0.5).add(v.mul(x.mean()))),
    ];
    const calls = compiled ? steps.map((step) => compile(step, { exact: true })) : steps;
    const seen: number[] = [];
    for (let i = 0; i < 40; i++) {
      const which = i % 7 < 4 ? 0 : 1;
      calls[which](tf.ones([1 + i * 5 % 12]));
      if (i % 9 === 0) v.assign(w);
      if (i % 5 === 0) seen.push(v.dataSync()[0]);
    }
    return [...seen, v.dataSync()[0], w.dataSync()[0]];
  };
  const expected = run(false);
  withoutWarnings(() => assertEquals(run(true), expected));
});

Deno.test("functions that alternate over the same variables eventually share one graph", async () => {
  await useNative();
  const v = tf.variable(tf.scalar(0));
  const { grow, look } = compile({
    grow: (by: tf.Scalar) => v.assign(v.add(by)),
    look: () => v.mul(2),
  });
  const takeTurns = (times: number) => {
    for (let i = 0; i < times; i++) {
      grow(tf.scalar(1));
      look().dispose();
    }
  };
  takeTurns(10);
  const { pushes } = countLoads(() => takeTurns(10));
  assertEquals(pushes, 0, "variables were handed over");
  assertEquals(look().dataSync()[0], 40);
  grow.dispose();
});

Deno.test("disposing of one function's variable does not affect the other functions", async () => {
  await useNative();
  const [v, w] = [1, 2].map((value) => tf.variable(tf.scalar(value)));
  const together = compile({
    grow: () => v.assign(v.mul(2)),
    look: () => v.add(w),
  });
  for (let i = 0; i < 5; i++) {
    together.grow();
    together.look().dispose();
  }
  w.dispose();
  v.assign(tf.scalar(10));
  together.grow();
  assertEquals(v.dataSync()[0], 20);
  assertThrows(() => together.look(), CompileError, "has been disposed of");
  together.dispose();
});

Deno.test("many recurring shapes cause one warning", async () => {
  await useNative();
  const step = compile({ double: (x: tf.Tensor) => x.mul(2) });
  const warnings = withoutWarnings(() => {
    for (let size = 1; size <= 8; size++) step.double(tf.ones([size]));
  });
  assertEquals(warnings, []);
  const more = withoutWarnings(() => {
    for (let size = 9; size <= 20; size++) step.double(tf.ones([size]));
  });
  assertEquals(more.length, 1);
  assertMatch(more[0], /'double'.*9 times.*one size/);
  step.dispose();
});

Deno.test("functions that were compiled together are traced again after they were disposed of", async () => {
  await useNative();
  const v = tf.variable(tf.scalar(1));
  const together = compile({
    grow: () => v.assign(v.mul(3)),
    look: () => v.add(0.5),
  });
  for (let i = 0; i < 3; i++) {
    together.grow();
    together.look().dispose();
    together.dispose();
    // `grow` is traced before `look` is called.
    together.grow();
  }
  assertEquals(together.look().dataSync()[0], 3 ** 6 + 0.5);
  together.dispose();
});

function countLoads(call: () => void): { sizes: number[]; pushes: number } {
  const backend = nativeBackend();
  const { binding } = backend;
  const sizes: number[] = [];
  let pushes = 0;
  const overrides: Partial<Binding> = {
    loadSavedModel: (folder, tags) => {
      sizes.push(Deno.statSync(`${folder}/saved_model.pb`).size);
      return binding.loadSavedModel(folder, tags);
    },
    runSavedModel: (session, inputs, inputNames, outputNames) => {
      if (outputNames === "all_variables_set") pushes++;
      return binding.runSavedModel(session, inputs, inputNames, outputNames);
    },
  };
  backend.binding = Object.create(
    binding,
    Object.getOwnPropertyDescriptors(overrides),
  );
  try {
    call();
  } finally {
    backend.binding = binding;
  }
  return { sizes, pushes };
}

function withoutWarnings(call: () => void): string[] {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (message: string) => void warnings.push(message);
  try {
    call();
  } finally {
    console.warn = warn;
  }
  return warnings;
}
