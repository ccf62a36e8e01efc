import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, type CompileOptions, exportGraph } from "../../lib/compile/mod.ts";
import { useNative } from "../support/engine.ts";

const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1),
  adamax: () => tf.train.adamax(0.1),
  rmsprop: () => tf.train.rmsprop(0.1),
  adam: () => tf.train.adam(0.1),
};

type Change = (optimizer: tf.Optimizer) => void | Promise<void>;

for (const [name, make] of Object.entries(optimizers)) {
  Deno.test(`a changed learning rate takes effect at once, without a new trace: ${name}`, async () => {
    await useNative();
    const rates = [0.1, 0.05, 0.05, 0.2, 0, 0.01, 0.1];
    const changes = rates.map((rate): Change => (optimizer) => setRate(optimizer, rate));
    const { runs } = await compareModes(make, changes);
    // The first call may create the optimizer's slots. Tracing then runs the function twice.
    assertEquals(runs <= 3, true, `the function ran ${runs} times`);
  });
}

Deno.test("a rate of zero during tracing takes effect, and equal rates of two optimizers are distinguished", async () => {
  await useNative();
  const run = (options?: CompileOptions) => {
    const [v, w] = [1, 2].map((value) => tf.variable(tf.scalar(value)));
    const [a, b] = [v, w].map(() => tf.train.rmsprop(0));
    const step = () => {
      a.minimize(() => v.square(), false, [v]);
      b.minimize(() => w.square(), false, [w]);
    };
    const call = options ? compile(step, options) : step;
    for (let i = 0; i < 3; i++) call();
    setRate(a, 0.1);
    call();
    setRate(b, 0.2);
    call();
    return [v, w].map((variable) => variable.dataSync()[0]);
  };
  const expected = run();
  assertEquals(run({ exact: true }), expected);
  run({}).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
});

Deno.test("a changed learning rate also takes effect on values that the step computes from it", async () => {
  await useNative();
  const run = (options?: CompileOptions) => {
    const w = tf.variable(tf.scalar(1));
    const optimizer = tf.train.adam(0.1);
    const fields = optimizer as unknown as { learningRate: number };
    const step = () => {
      optimizer.minimize(() => w.square(), false, [w]);
      w.assign(w.mul(1 - 0.5 * fields.learningRate));
    };
    const call = options ? compile(step, options) : step;
    for (const rate of [0.1, 0.1, 0.1, 0.2, 0.1]) {
      fields.learningRate = rate;
      call();
    }
    return w.dataSync()[0];
  };
  assertEquals(run({ exact: true }), run());
  assertAlmostEquals(run({}), run(), 1e-5);
});

const uses: Readonly<Record<string, (rate: number) => number>> = {
  "a branch": (rate) => rate < 1e-3 ? 0.5 : 1,
  "an upper limit": (rate) => Math.min(rate, 0.2),
  "its magnitude": (rate) => Math.abs(rate),
};

for (const [use, decide] of Object.entries(uses)) {
  Deno.test(`a function may decide by the learning rate in JavaScript: ${use}`, async () => {
    await useNative();
    for (const [name, create] of Object.entries(optimizers)) {
      const run = (options?: CompileOptions) => {
        const w = tf.variable(tf.scalar(1));
        const optimizer = create();
        const step = () => {
          optimizer.minimize(() => w.square(), false, [w]);
          const { learningRate } = optimizer as unknown as { learningRate: number };
          w.assign(w.mul(decide(learningRate)));
        };
        const call = options ? compile(step, options) : step;
        return [0.01, 0.01, 0.01, 0.5, 1e-4, 1e-4, -0.5, 0.01].map((rate) => {
          setRate(optimizer, rate);
          call();
          return w.dataSync()[0];
        });
      };
      const expected = run();
      assertEquals(run({ exact: true }), expected, name);
      run({}).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5, name));
    }
  });
}

Deno.test("an optimizer with a rule of its own may decide by its learning rate", async () => {
  await useNative();
  class Own extends tf.SGDOptimizer {
    override applyGradients(gradients: Parameters<tf.SGDOptimizer["applyGradients"]>[0]): void {
      super.applyGradients(gradients);
      if (this.learningRate < 0.05) w.assign(w.mul(0.5));
    }
  }
  let w: tf.Variable<tf.Rank.R0>;
  const run = (isCompiled: boolean) => {
    w = tf.variable(tf.scalar(1));
    const optimizer = new Own(0.1);
    const step = () => void optimizer.minimize(() => w.square(), false, [w]);
    const call = isCompiled ? compile(step) : step;
    return [0.1, 0.1, 0.01, 0.01, 0.2].map((rate) => {
      setRate(optimizer, rate);
      call();
      return w.dataSync()[0];
    });
  };
  const expected = run(false);
  run(true).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
});

Deno.test("a step trains the variables that are trainable at the time, and traces each choice once", async () => {
  await useNative();
  let runs = 0;
  const run = (isCompiled: boolean) => {
    const variables = [1, 2].map((value) => tf.variable(tf.scalar(value)));
    const optimizer = tf.train.sgd(0.1);
    const step = () => {
      runs++;
      const [a, b] = variables;
      return optimizer.minimize(() => a.mul(b).square().asScalar(), true)!;
    };
    const call = isCompiled ? compile(step) : step;
    const values: number[] = [];
    for (const isTrainable of [true, false, false, true, false, true]) {
      variables[1].trainable = isTrainable;
      values.push(call().dataSync()[0], ...variables.map((variable) => variable.dataSync()[0]));
    }
    tf.dispose(variables);
    return values;
  };
  const expected = run(false);
  runs = 0;
  run(true).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
  assertEquals(runs, 4);
});

Deno.test("changes of other settings take effect", async () => {
  await useNative();
  const set = (field: string, value: number): Change => (optimizer) => {
    (optimizer as unknown as Record<string, number>)[field] = value;
  };
  const nothing = () => {};
  await compareModes(optimizers.adam, [
    nothing,
    nothing,
    nothing,
    set("beta1", 0.5),
    set("epsilon", 0.1),
    nothing,
  ]);
  await compareModes(optimizers.rmsprop, [
    nothing,
    nothing,
    nothing,
    set("momentum", 0.7),
    nothing,
  ]);
});

for (const name of ["momentum", "rmsprop", "adagrad", "adam"]) {
  Deno.test(`an optimizer's weights after compiled steps have the right count, and a restored optimizer takes the same steps: ${name}`, async () => {
    await useNative();
    const train = async (steps: number[], options?: CompileOptions) => {
      const w = tf.variable(tf.tensor1d([1, -2, 3]));
      let saved: Awaited<ReturnType<tf.Optimizer["getWeights"]>> = [];
      for (const count of steps) {
        const optimizer = optimizers[name]();
        const step = () => void optimizer.minimize(() => w.square().sum(), false, [w]);
        if (saved.length > 0) await optimizer.setWeights(saved);
        const call = options ? compile(step, options) : step;
        for (let i = 0; i < count; i++) call();
        assertEquals(
          optimizer.iterations,
          count + (saved[0]?.tensor.dataSync()[0] ?? 0),
        );
        saved = await optimizer.getWeights();
        assertEquals(saved[0].tensor.dataSync()[0], optimizer.iterations);
      }
      return [...w.dataSync()];
    };
    const eager = await train([4, 5]);
    assertEquals(await train([4, 5], { exact: true }), eager);
    assertEquals(
      await train([9], { exact: true }),
      await train([9]),
    );
    (await train([4, 5], {})).forEach((value, i) => assertAlmostEquals(value, eager[i], 1e-4));
  });
}

Deno.test("weights that are set on an optimizer in use apply from the next step", async () => {
  await useNative();
  const nothing = () => {};
  const reset: Change = async (optimizer) => {
    const [count, ...slots] = await optimizer.getWeights();
    await optimizer.setWeights([
      count,
      ...slots.map(({ name, tensor }) => ({ name, tensor: tensor.mul(0.5) })),
    ]);
  };
  await compareModes(optimizers.adam, [
    nothing,
    nothing,
    nothing,
    reset,
    nothing,
    nothing,
  ]);
});

Deno.test("an exported graph has the current learning rate", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const w = tf.variable(tf.scalar(1));
  const optimizer = tf.train.sgd(0.1);
  const step = compile(() => {
    optimizer.minimize(() => w.square(), false, [w]);
    return w.mul(1);
  });
  step().dispose();
  optimizer.setLearningRate(0.25);
  await exportGraph(step, folder);
  const { node } = await import("@tensorflow/tfjs-node");
  const model = await node.loadSavedModel(folder, ["serve"], "step");
  const result = model.predict({}) as tf.NamedTensorMap;
  // The first step leads to 1 − 0.1 · 2 = 0.8, and the second step to 0.8 − 0.25 · 1.6 = 0.4.
  assertAlmostEquals(result.result0.dataSync()[0], 0.4, 1e-6);
  model.dispose();
  step.dispose();
  await Deno.remove(folder, { recursive: true });
});

async function compareModes(
  make: () => tf.Optimizer,
  changes: readonly Change[],
): Promise<{ runs: number }> {
  let runs = 0;
  const train = async (options?: CompileOptions) => {
    runs = 0;
    const w = tf.variable(tf.tensor1d([1, -2, 3]));
    const optimizer = make();
    const step = () => {
      runs++;
      return optimizer.minimize(() => w.square().sum(), true, [w])!;
    };
    const call = options ? compile(step, options) : step;
    const seen: number[] = [];
    for (const change of changes) {
      await change(optimizer);
      seen.push(...call().dataSync(), ...w.dataSync());
    }
    assertEquals(optimizer.iterations, changes.length);
    return seen;
  };
  const expected = await train();
  assertEquals(await train({ exact: true }), expected);
  (await train({})).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-4));
  return { runs };
}

function setRate(optimizer: tf.Optimizer, rate: number): void {
  if (optimizer instanceof tf.SGDOptimizer && "setLearningRate" in optimizer) {
    optimizer.setLearningRate(rate);
  } else (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
