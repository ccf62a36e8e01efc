/**
 * Copies batches out of the tensors that hold a whole data set.
 *
 * The rows of a batch are copied in JavaScript, because the operations that tfjs would run instead
 * take longer than a compiled step of a small model.
 */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "../../native/native_backend.ts";
import type { Data } from "./layers_model.ts";

/** Returns the selected rows of each tensor of a data set. The caller disposes of the batch. */
export type BatchReader = (rows: Int32Array) => Data;

/** A data set's tensor with more values than this is not copied to JavaScript's memory. */
const MOST_VALUES = 2 ** 25;

/** Rows of up to this many values are copied value by value. */
const SHORT = 64;

export function batchReader(data: Data): BatchReader {
  const readers = new Map(
    data.filter((tensor) => tensor !== null).map((tensor) => [tensor, rowReader(tensor)]),
  );
  return (rows) => data.map((tensor) => tensor && readers.get(tensor)!(rows));
}

function rowReader(table: tf.Tensor): (rows: Int32Array) => tf.Tensor {
  const isCopied = table.dtype in arrays && table.size <= MOST_VALUES;
  return isCopied
    ? copiedRows(table)
    : (rows) => tf.tidy(() => tf.gather(table, tf.tensor1d(rows, "int32")));
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

function copiedRows(table: tf.Tensor): (rows: Int32Array) => tf.Tensor {
  // This moves the data of a new tensor to TensorFlow. Otherwise `dataSync` would return the array
  // from which the caller made the tensor, and the caller may change it.
  nativeBackend().getInputTensorIds([table]);
  const values = table.dataSync();
  const [, ...shape] = table.shape;
  const width = tf.util.sizeFromShape(shape);
  const RowArray = arrays[table.dtype as keyof typeof arrays];
  return (rows) => {
    const copied = new RowArray(rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      copyRow(values, rows[i] * width, copied, i * width, width);
    }
    // `tf.tensor` would do the same, but its checks take longer than copying a small batch.
    return tf.engine().makeTensor(copied, [rows.length, ...shape], table.dtype);
  };
}

/** Copies `width` values. A short row is copied by value, because a view of it takes longer. */
function copyRow(
  from: tf.TypedArray,
  start: number,
  to: tf.TypedArray,
  at: number,
  width: number,
): void {
  if (width > SHORT) to.set(from.subarray(start, start + width), at);
  else for (let i = 0; i < width; i++) to[at + i] = from[start + i];
}
