import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batchReader } from "../../../lib/compile/layers/batch_reader.ts";
import { useNative } from "../../support/engine.ts";

const rows = new Int32Array([4, 0, 0, 2]);

Deno.test("a batch has the chosen rows of each tensor, as tf.gather would return them", async () => {
  await useNative();
  const data = [
    tf.range(0, 5).reshape([5, 1]),
    tf.range(0, 5 * 64).reshape([5, 64]),
    tf.range(0, 5 * 65).reshape([5, 65]),
    tf.range(0, 5 * 6, 1, "int32").reshape([5, 3, 2]),
    tf.tensor2d([[1, 0], [0, 1], [1, 1], [0, 0], [0, 1]], [5, 2], "bool"),
    tf.range(0, 5),
    null,
    tf.zeros([5, 0]),
  ];
  const read = batchReader(data);
  for (const chosen of [rows, new Int32Array([1]), new Int32Array(0)]) {
    const batch = read(chosen);
    for (const [i, table] of data.entries()) {
      const expected = table && tf.gather(table, tf.tensor1d(chosen, "int32"));
      assertEquals(describe(batch[i]), describe(expected));
    }
  }
});

Deno.test("a batch does not share memory with the data or with other batches", async () => {
  await useNative();
  const values = Float32Array.from({ length: 10 }, (_, i) => i);
  const read = batchReader([tf.tensor2d(values, [5, 2])]);
  const [first] = read(rows);
  first!.dataSync().fill(-1);
  const [second] = read(rows);
  assertEquals([...second!.dataSync()], [8, 9, 0, 1, 0, 1, 4, 5]);
  assertEquals(values[8], 8);
});

Deno.test("a batch does not follow the array from which its tensor was made", async () => {
  await useNative();
  const values = Float32Array.of(1, 2, 3);
  const read = batchReader([tf.tensor1d(values)]);
  values.fill(9);
  assertEquals([...read(new Int32Array([2, 0]))[0]!.dataSync()], [3, 1]);
});

Deno.test("the rows of a tensor that is too large to copy are right, too", async () => {
  await useNative();
  tf.tidy(() => {
    const table = tf.range(0, 5).reshape([5, 1]).tile([1, 2 ** 23]);
    const [batch] = batchReader([table])(new Int32Array([3, 1]));
    assertEquals(batch!.shape, [2, 2 ** 23]);
    assertEquals([...batch!.max(1).dataSync(), ...batch!.min(1).dataSync()], [3, 1, 3, 1]);
  });
});

function describe(tensor: tf.Tensor | null): unknown {
  return tensor && [tensor.dtype, tensor.shape, [...tensor.dataSync()]];
}
