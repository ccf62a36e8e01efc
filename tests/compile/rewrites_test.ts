import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile, type StepFunction } from "../../lib/compile/mod.ts";
import { useNative } from "../support/engine.ts";

function draw(seed: number, shape = [50]): tf.Tensor {
  return tf.randomNormal(shape, 0, 1, "float32", seed);
}

const rewritten: Readonly<Record<string, StepFunction>> = {
  "a reciprocal of a reciprocal": (x: tf.Tensor) => x.reciprocal().reciprocal(),
  "a number times its sigmoid": (x: tf.Tensor) => x.mul(x.sigmoid()),
  "the maximum of a function": (x: tf.Tensor) => x.sigmoid().max(),
  "a function of two parts": (x: tf.Tensor) => {
    const [a, b] = tf.split(x, 2);
    return tf.concat([a.exp().log(), b.exp().log()]);
  },
  "a sum of one tensor, many times": (x: tf.Tensor) => tf.addN(Array(7).fill(x)),
  "a sum of tensors that the graph may overwrite": (x: tf.Tensor) =>
    tf.addN([x, x.mul(3), x, x.exp()]),
  ...Object.fromEntries([2, 8, 9, 10, 17, 18, 25].map((count) => [
    `a sum of ${count} tensors`,
    (x: tf.Tensor) => tf.addN(Array.from({ length: count }, (_, i) => x.pow(i + 1))),
  ])),
};

for (const [name, step] of Object.entries(rewritten)) {
  Deno.test(`with the option exact, the results have the same bits as in eager mode: ${name}`, async () => {
    await useNative();
    const compiled = compile(step, { exact: true });
    const x = draw(1, [74]);
    const [actual, expected] = [compiled(x), step(x)] as tf.Tensor[];
    assertEquals(actual.dataSync(), expected.dataSync());
    compiled.dispose();
  });
}

/** Functions that take square roots. One of the test's inputs is negative, so its root is NaN. */
const partial: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  "the maximum of roots": (x) => x.sqrt().max(),
  "the maximum of a function of roots": (x) => x.sqrt().exp().max(),
};

for (const [name, step] of Object.entries(partial)) {
  Deno.test(`NaN is not hidden: ${name}`, async () => {
    await useNative();
    const x = tf.tensor1d([-4, 0.25, 0.5, 0.75]);
    const expected = step(x).dataSync();
    for (const exact of [true, false]) {
      const compiled = compile(step, { exact });
      assertEquals((compiled(x) as tf.Tensor).dataSync(), expected);
      compiled.dispose();
    }
  });
}

const HUGE = 12_582_912;

/**
 * Functions with constants that the graph's optimizer would combine. Each comes with the numbers
 * for which the result would then differ by more than rounding.
 */
const constants: Readonly<Record<string, [step: (x: tf.Tensor) => tf.Tensor, x: number[]]>> = {
  "adding and subtracting a number to round": [(x) => x.add(HUGE).sub(HUGE), [0.4, 1.6, -2.5]],
  "the same with a filled tensor": [
    (x) => x.add(tf.fill([3], HUGE)).sub(tf.fill([3], HUGE)),
    [0.4, 1.6, -2.5],
  ],
  "subtracting from a number twice": [
    (x) => tf.sub(tf.scalar(HUGE), tf.sub(HUGE, x)),
    [0.4, 1.6, -2.5],
  ],
  "factors whose product is infinite": [(x) => x.mul(1e30).mul(1e30), [0, 1e-30, 1]],
  "a factor and a divisor": [(x) => x.mul(3e38).div(3e38), [1, 2, 0]],
  "a divisor and a factor": [(x) => x.div(3e38).mul(3e38), [1, 2e38, 0]],
  "a divisor with a tiny reciprocal": [(x) => x.div(2e38), [1e38, Infinity, 1]],
  "a divisor with an infinite reciprocal": [(x) => x.div(1e-39), [1e-39, 0, 1]],
  "a root as a power": [(x) => tf.pow(x, 0.5), [-Infinity, 4, 2]],
  "one over a root as a power": [(x) => tf.pow(x, -0.5), [-Infinity, 4, 2]],
  "the position of the greatest of equal results": [(x) => x.sigmoid().argMax(), [20, 40, 10]],
  "the position of the least of equal results": [(x) => x.sigmoid().argMin(), [-200, -400, 1]],
};

for (const [name, [step, values]] of Object.entries(constants)) {
  Deno.test(`constants are not combined: ${name}`, async () => {
    await useNative();
    const x = tf.tensor1d(values);
    const expected = step(x).dataSync();
    for (const exact of [true, false]) {
      const compiled = compile(step, { exact });
      assertEquals((compiled(x) as tf.Tensor).dataSync(), expected);
      compiled.dispose();
    }
  });
}

Deno.test("chains of operations with constants equal those in eager mode", async () => {
  await useNative();
  const operation = fc.constantFrom("add", "sub", "mul", "div", "neg");
  const constant = fc.constantFrom(0.5, 3, -2, 1e5, 1e-5, 1e20, 1e-20, 3e38);
  const link = fc.record({ operation, constant, isFirst: fc.boolean() });
  fc.assert(
    fc.property(fc.array(link, { minLength: 2, maxLength: 5 }), (links) => {
      const step = (x: tf.Tensor) =>
        links.reduce((value: tf.Tensor, { operation, constant, isFirst }) => {
          if (operation === "neg") return value.neg();
          return isFirst ? tf[operation](constant, value) : tf[operation](value, constant);
        }, x);
      const x = tf.tensor1d([0, 1, -2.5, 1e-6, 4e7]);
      const expected = step(x).dataSync();
      const compiled = compile(step);
      const actual = (compiled(x) as tf.Tensor).dataSync();
      compiled.dispose();
      expected.forEach((value, i) => {
        const isSame = Object.is(value, actual[i]) || value === actual[i] ||
          Math.abs(value - actual[i]) <= 1e-5 * Math.abs(value);
        assert(isSame, `${JSON.stringify(links)}: ${value}, ${actual[i]}`);
      });
    }),
    { numRuns: 60 },
  );
});

const activations = { relu: tf.relu, relu6: tf.relu6 } as const;

for (const [name, activate] of Object.entries(activations)) {
  Deno.test(`NaN passes through layers: ${name}`, async () => {
    await useNative();
    const x = tf.concat([tf.fill([1, 1, 8, 2], NaN), draw(1, [1, 7, 8, 2])], 1);
    const layers: Record<string, (x: tf.Tensor) => tf.Tensor> = {
      dense: (x) =>
        activate(
          tf.matMul(x.reshape([8, 16]), draw(2, [16, 4])).add([1, 2, 3, 4]),
        ),
      convolution: (x) =>
        activate(
          tf.conv2d(
            x as tf.Tensor4D,
            draw(3, [3, 3, 2, 4]) as tf.Tensor4D,
            1,
            "same",
          )
            .add([1, 2, 3, 4]),
        ),
    };
    for (const layer of Object.values(layers)) {
      const compiled = compile(layer);
      const [actual, expected] = [compiled(x) as tf.Tensor, layer(x)].map(
        (result) => [...result.dataSync()],
      );
      actual.forEach((value, i) =>
        Number.isNaN(expected[i])
          ? assertEquals(value, NaN)
          : assertAlmostEquals(value, expected[i], 1e-5)
      );
      compiled.dispose();
    }
  });
}

Deno.test("a variable can be assigned a trial value and then restored", async () => {
  await useNative();
  const run = (exact?: boolean) => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const adam = tf.train.adam(0.1);
    const trial = (x: tf.Tensor) => {
      const before = weight.clone();
      adam.minimize(() => weight.mul(x).square().sum(), false, [weight]);
      const tried = weight.mul(1);
      weight.assign(before);
      return tried;
    };
    const step = exact === undefined ? trial : compile(trial, { exact });
    return [1, 2, 3, 4].flatMap(() => {
      const tried = step(tf.tensor1d([1, 0.5])) as tf.Tensor;
      return [...tried.dataSync(), ...weight.dataSync()];
    });
  };
  const expected = run();
  assertEquals(run(true), expected);
  run(false).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
});

const keeping: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  "a result of its operations": (x) => x.mul(2),
  "an argument": (x) => x,
  "a variable's value": () => state.clone(),
};
let state: tf.Variable;

for (const [name, of] of Object.entries(keeping)) {
  Deno.test(`tensors that a traced call keeps are disposed of rather than stale: ${name}`, async () => {
    await useNative();
    state = tf.variable(tf.scalar(1));
    let kept: tf.Tensor | undefined;
    let constant: tf.Tensor | undefined;
    const compiled = compile((x: tf.Tensor) => {
      kept = tf.keep(of(x));
      constant = tf.keep(tf.scalar(5));
      return kept.add(1);
    });
    const x = tf.scalar(3);
    const result = compiled(x) as tf.Tensor;
    assertEquals(result.dataSync(), of(x).add(1).dataSync());
    assertThrows(() => kept!.dataSync(), Error, "disposed");
    assertEquals(constant!.dataSync()[0], 5);
    assertEquals(x.dataSync()[0], 3);
    compiled.dispose();
  });
}

Deno.test("a captured tensor that was already disposed of is freed with the function, and no longer counted", async () => {
  await useNative();
  // When a function is traced, every variable that shares its data with a clone gets its own copy.
  // Variables that other tests left behind could get such copies, which would change the number of
  // buffers that is compared below.
  tf.disposeVariables();
  const { numDataBuffers } = tf.memory();
  const [x, factor] = [tf.scalar(3), tf.scalar(2)];
  const compiled = compile((x: tf.Tensor) => x.mul(factor));
  tf.dispose(compiled(x) as tf.Tensor);
  factor.dispose();
  const result = compiled(x) as tf.Tensor;
  assertEquals(result.dataSync()[0], 6);
  compiled.dispose();
  tf.dispose([x, result]);
  assertEquals(tf.memory().numDataBuffers, numDataBuffers);
});

Deno.test("the maximum of a tensor and its multiple is not mistaken for a LeakyReLU", async () => {
  await useNative();
  const cases: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
    "max(x, 2x)": (x) => x.maximum(x.mul(2)),
    "max(2x, x)": (x) => x.mul(2).maximum(x),
    "max(x, x + x)": (x) => x.maximum(x.add(x)),
    "max(x, x + x) + x": (x) => x.maximum(x.add(x)).add(x),
    "max(x, 3x)": (x) => x.maximum(x.mul(3)),
    "max(x, identity of 2x)": (x) => x.maximum(x.mul(2).clone().reshape([4])),
    "max(x, 0.2x)": (x) => x.maximum(x.mul(0.2)),
    "max(relu(x + x), x + x)": (x) => x.add(x).relu().maximum(x.add(x)),
    "max of integers": (x) => x.toInt().maximum(x.toInt().mul(tf.scalar(2, "int32"))),
  };
  const x = tf.tensor1d([1, -1, 2, -2]);
  for (const [name, step] of Object.entries(cases)) {
    const expected = step(x).dataSync();
    for (const exact of [true, false]) {
      const compiled = compile((x: tf.Tensor1D) => step(x), { exact });
      assertEquals(compiled(x).dataSync(), expected, `${name}, exact: ${exact}`);
      compiled.dispose();
    }
  }
});
