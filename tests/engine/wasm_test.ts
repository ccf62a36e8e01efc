import { assert, assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { type EngineName, startEngine } from "../../lib/engine/backend.ts";
import { startWasm } from "../../lib/engine/wasm.ts";
import { randomStream } from "../../lib/random.ts";
import { withoutLeaks } from "../support/engine.ts";

const transpositions = [[false, false], [false, true], [true, false], [
  true,
  true,
]] as const;

/**
 * Each row contains the batch dimensions of the first operand, of the second operand, and of their
 * product.
 */
const batches: readonly (readonly [number[], number[], number[]])[] = [
  [[], [], []],
  [[3], [3], [3]],
  [[2, 3], [2, 3], [2, 3]],
  [[1], [4], [4]],
  [[4], [1], [4]],
  [[], [3], [3]],
];

for (const [transposeA, transposeB] of transpositions) {
  Deno.test(
    `wasm multiplies matrices as defined (transposed: ${transposeA}, ${transposeB})`,
    withoutLeaks(async () => {
      await startWasm();
      for (const [batchA, batchB, batch] of batches) {
        const a = randomMatrices(batchA, transposeA ? [5, 4] : [4, 5]);
        const b = randomMatrices(batchB, transposeB ? [7, 5] : [5, 7]);
        const product = tf.matMul(a, b, transposeA, transposeB);
        assertEquals(product.shape, [...batch, 4, 7]);
        assertClose(
          product.dataSync(),
          multiply(a, b, { transposeA, transposeB }),
        );
        tf.dispose([a, b, product]);
      }
    }),
  );
}

Deno.test(
  "wasm multiplies matrices of any size as defined, single rows and columns included",
  withoutLeaks(async () => {
    await startWasm();
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, size, fc.constantFrom(...transpositions), (
        rows,
        inner,
        columns,
        [transposeA, transposeB],
      ) => {
        const a = randomMatrices(
          [],
          transposeA ? [inner, rows] : [rows, inner],
        );
        const b = randomMatrices(
          [],
          transposeB ? [columns, inner] : [inner, columns],
        );
        const product = tf.matMul(a, b, transposeA, transposeB);
        assertClose(
          product.dataSync(),
          multiply(a, b, { transposeA, transposeB }),
        );
        tf.dispose([a, b, product]);
      }),
      { numRuns: 40 },
    );
  }),
);

Deno.test(
  "wasm gives the same bits if the operands were transposed beforehand",
  withoutLeaks(async () => {
    // The wasm backend of tfjs has separate code for transposed operands. That code is slow, and it
    // adds numbers in a different order.
    await startWasm();
    const a = randomMatrices([], [200, 30]);
    const b = randomMatrices([], [40, 200]);
    const [transposedA, transposedB] = [tf.transpose(a), tf.transpose(b)];
    for (
      const [product, expected] of [
        [tf.matMul(a, b, true, true), tf.matMul(transposedA, transposedB)],
        [
          tf.matMul(transposedA, b, false, true),
          tf.matMul(transposedA, transposedB),
        ],
        [
          tf.matMul(a, transposedB, true, false),
          tf.matMul(transposedA, transposedB),
        ],
      ] as const
    ) {
      assertEquals(product.dataSync(), expected.dataSync());
      tf.dispose([product, expected]);
    }
    tf.dispose([a, b, transposedA, transposedB]);
  }),
);

Deno.test(
  "wasm frees the transposed copies of its operands",
  withoutLeaks(async () => {
    await startWasm();
    const held = () =>
      (tf.backend() as tf.KernelBackend & { numDataIds(): number })
        .numDataIds();
    const a = tf.ones([8, 8]);
    tf.matMul(a, a, true, true).dispose();
    const before = held();
    tf.matMul(a, a, true, true).dispose();
    assertEquals(held(), before);
    a.dispose();
  }),
);

Deno.test(
  "a dense network with LeakyReLU and BatchNormalization learns the same on all engines",
  withoutLeaks(async () => {
    const [cpu, wasm, native] = [
      await train("cpu"),
      await train("wasm"),
      await train("native"),
    ];
    assertLess(cpu.losses.at(-1)!, cpu.losses[0]! / 2);
    for (const other of [wasm, native]) {
      assertClose(other.losses, cpu.losses, 1e-4);
      assertClose(other.weights, cpu.weights, 1e-4);
    }
  }),
);

/**
 * Trains a small network on an engine, and returns its losses and final weights. The initial
 * weights and the data are the same on all engines.
 */
async function train(engine: EngineName) {
  await startEngine({ engine });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 16, inputShape: [6] }),
      tf.layers.leakyReLU({ alpha: 0.2 }),
      tf.layers.batchNormalization({ momentum: 0.8 }),
      tf.layers.dense({ units: 1 }),
    ],
  });
  tf.tidy(() =>
    model.setWeights(
      model.getWeights().map((weight) =>
        weight.shape.length > 1 ? randomMatrices([], weight.shape) : weight
      ),
    )
  );
  const optimizer = tf.train.adam(0.05, 0.5);
  const inputs = randomMatrices([], [32, 6]);
  const targets = tf.tidy(() => inputs.sum(1, true).greater(0).cast("float32"));
  const losses: number[] = [];
  for (let step = 0; step < 12; step++) {
    const loss = optimizer.minimize(() => {
      const logits = model.apply(inputs, { training: true }) as tf.Tensor;
      return tf.losses.sigmoidCrossEntropy(targets, logits);
    }, true)!;
    losses.push(loss.dataSync()[0]!);
    loss.dispose();
  }
  const weights = model.getWeights().flatMap((weight) => [
    ...weight.dataSync(),
  ]);
  model.dispose();
  optimizer.dispose();
  tf.dispose([inputs, targets]);
  return { losses, weights };
}

/** Returns random numbers in [-1, 1). Calls with the same shape return the same numbers. */
function randomMatrices(batch: number[], size: number[]): tf.Tensor {
  const shape = [...batch, ...size];
  const stream = randomStream(7, ...shape);
  const values = Array.from(
    { length: tf.util.sizeFromShape(shape) },
    () => 2 * stream.uniform() - 1,
  );
  return tf.tensor(values, shape, "float32");
}

/**
 * Computes a matrix product from its definition, in double precision. If one operand has fewer
 * matrices than the other, its matrices are repeated.
 */
function multiply(
  a: tf.Tensor,
  b: tf.Tensor,
  { transposeA, transposeB }: {
    readonly transposeA: boolean;
    readonly transposeB: boolean;
  },
): number[] {
  const left = readMatrices(a, transposeA);
  const right = readMatrices(b, transposeB);
  const count = Math.max(left.length, right.length);
  return Array.from({ length: count }, (_, i) => {
    const columns = right[i % right.length]!;
    return left[i % left.length]!.flatMap((row) =>
      columns[0]!.map((_, column) =>
        row.reduce((sum, value, k) => sum + value * columns[k]![column]!, 0)
      )
    );
  }).flat();
}

function readMatrices(tensor: tf.Tensor, isTransposed: boolean): number[][][] {
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const values = tensor.dataSync();
  return Array.from({ length: values.length / rows / columns }, (_, i) => {
    const at = (row: number, column: number) => values[(i * rows + row) * columns + column]!;
    return isTransposed
      ? table(columns, rows, (row, column) => at(column, row))
      : table(rows, columns, at);
  });
}

function table(
  rows: number,
  columns: number,
  valueAt: (row: number, column: number) => number,
): number[][] {
  return Array.from(
    { length: rows },
    (_, row) => Array.from({ length: columns }, (_, c) => valueAt(row, c)),
  );
}

function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-5,
): void {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    assert(
      difference <= tolerance,
      `at ${i}: ${actual[i]}, wanted ${expected[i]} ± ${tolerance}`,
    );
  }
}
