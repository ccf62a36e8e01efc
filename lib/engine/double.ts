/**
 * Does linear algebra with float64 numbers on the native engine. tfjs has no float64, and the
 * binding of tfjs-node does not accept a Float64Array. Doubles are therefore passed as int64, and
 * TensorFlow's operation Bitcast converts them without changing a bit.
 */
import { isNative, nativeBackend } from "../native/native_backend.ts";

/** A matrix of doubles in row-major order. */
export interface Matrix {
  /** The numbers, with the shape `[rows, columns]`. */
  readonly values: Float64Array;
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly columns: number;
}

// TensorFlow's codes for data types, from tensorflow/c/tf_datatype.h. They are defined here because
// tfjs-node has no code for doubles.
export const DOUBLE = 2;
const INT64 = 9;

/**
 * Returns XᵀX, the matrix of dot products between the columns of X.
 *
 * @param x matrix of shape `[n, d]`
 * @returns matrix of shape `[d, d]`
 */
export function gramNatively(x: Matrix): Matrix {
  return withTensors((tensors) => {
    const id = tensors.write(x);
    const attributes = { T: DOUBLE, transpose_a: true, transpose_b: false };
    return tensors.read(tensors.run("MatMul", attributes, [id, id]));
  });
}

/**
 * Returns the matrix product H S Hᵀ.
 *
 * @param h matrix of shape `[r, d]`
 * @param s matrix of shape `[d, d]`
 * @returns matrix of shape `[r, r]`
 */
export function congruenceNatively(h: Matrix, s: Matrix): Matrix {
  return withTensors((tensors) => {
    const [left, middle] = [tensors.write(h), tensors.write(s)];
    const attributes = { T: DOUBLE, transpose_a: false };
    const half = tensors.run("MatMul", { ...attributes, transpose_b: false }, [
      left,
      middle,
    ]);
    return tensors.read(
      tensors.run("MatMul", { ...attributes, transpose_b: true }, [half, left]),
    );
  });
}

/**
 * For each row x of X, returns the sum of (x·y · scale + 1)³ over all rows y of Y.
 *
 * @param x matrix of shape `[m, d]`
 * @param y matrix of shape `[n, d]`
 * @returns vector of length m
 */
export function cubicKernelSumsNatively(
  x: Matrix,
  y: Matrix,
  scale: number,
): Float64Array {
  const number = (value: number): Matrix => ({
    values: Float64Array.of(value),
    rows: 1,
    columns: 1,
  });
  const ones: Matrix = {
    values: new Float64Array(y.rows).fill(1),
    rows: y.rows,
    columns: 1,
  };
  return withTensors(({ read, run, write }) => {
    const product = (a: number, b: number, transposeB: boolean) =>
      run(
        "MatMul",
        { T: DOUBLE, transpose_a: false, transpose_b: transposeB },
        [
          a,
          b,
        ],
      );
    const pointwise = (name: "Mul" | "AddV2", a: number, b: number) =>
      run(name, { T: DOUBLE }, [a, b]);
    const scaled = pointwise("Mul", write(x), write(number(scale)));
    const base = pointwise(
      "AddV2",
      product(scaled, write(y), true),
      write(number(1)),
    );
    const cubes = pointwise("Mul", base, pointwise("Mul", base, base));
    // In TensorFlow, multiplying by a column of ones is the fastest way to sum each row.
    return read(product(cubes, write(ones), false)).values;
  });
}

/**
 * Returns the lower triangular matrix L with LLᵀ = S. If S is not positive definite, then L
 * contains NaN.
 *
 * @param s symmetric matrix of shape `[d, d]`
 */
export function choleskyNatively(s: Matrix): Matrix {
  return withTensors((tensors) =>
    tensors.read(tensors.run("Cholesky", { T: DOUBLE }, [tensors.write(s)]))
  );
}

/**
 * Returns the eigenvalues of a symmetric matrix in ascending order.
 *
 * @param s symmetric matrix of shape `[d, d]`, of which only the lower triangle is read
 */
export function eigenvaluesNatively(s: Matrix): Float64Array {
  return withTensors((tensors) => {
    const attributes = { T: DOUBLE, compute_v: false };
    const id = tensors.write(s);
    return tensors.read(tensors.run("SelfAdjointEigV2", attributes, [id], 2))
      .values;
  });
}

/** Functions that make and read the native tensors of one calculation. */
export interface Tensors {
  /** Creates a tensor of doubles and returns its id. */
  write(matrix: Matrix): number;
  /**
   * Runs an operation and returns the id of its first output. If an attribute is a number, then
   * this number is the code of a data type.
   */
  run(
    name: string,
    attributes: Readonly<Record<string, number | boolean>>,
    inputs: readonly number[],
    outputs?: number,
  ): number;
  /**
   * Takes over a tensor that was created elsewhere, so that it is freed together with the tensors
   * of this calculation. Returns `id`.
   */
  adopt(id: number, shape: readonly number[]): number;
  /** Reads a tensor of at most two dimensions as a matrix. */
  read(id: number): Matrix;
}

/**
 * Calls a function that may make tensors of doubles, and frees these tensors afterwards.
 *
 * @throws {Error} if the engine is not native
 */
export function withTensors<T>(body: (tensors: Tensors) => T): T {
  if (!isNative()) {
    throw new Error("Native double precision needs the native engine.");
  }
  const { binding } = nativeBackend();
  const shapes = new Map<number, readonly number[]>();
  const run: Tensors["run"] = (name, attributes, inputs, outputs = 1) => {
    const list = Object.entries(attributes).map(([name, value]) => ({
      name,
      type: typeof value === "boolean" ? binding.TF_ATTR_BOOL : binding.TF_ATTR_TYPE,
      value,
    }));
    const made = binding.executeOp(name, list, [...inputs], outputs);
    for (const { id, shape } of made) shapes.set(id, shape);
    return made[0].id;
  };
  const write: Tensors["write"] = ({ values, rows, columns }) => {
    const words = new Int32Array(
      values.buffer,
      values.byteOffset,
      values.length * 2,
    );
    const id = binding.createTensor([rows, columns], INT64, words);
    shapes.set(id, [rows, columns]);
    return run("Bitcast", { T: INT64, type: DOUBLE }, [id]);
  };
  const read: Tensors["read"] = (id) => {
    const bits = binding.tensorDataSync(
      run("Bitcast", { T: DOUBLE, type: INT64 }, [id]),
    ) as unknown as BigInt64Array;
    const values = new Float64Array(
      bits.buffer,
      bits.byteOffset,
      bits.length,
    ).slice();
    const [rows, columns = 1] = shapes.get(id)!;
    return { values, rows, columns };
  };
  try {
    return body({
      write,
      run,
      read,
      adopt(id, shape) {
        shapes.set(id, shape);
        return id;
      },
    });
  } finally {
    for (const id of shapes.keys()) binding.deleteTensor(id);
  }
}
