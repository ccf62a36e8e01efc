/**
 * Does linear algebra in float64 on the native engine. tfjs has no float64, and its binding takes
 * no Float64Array. Doubles are therefore passed as int64, and TensorFlow's Bitcast converts them
 * without changing a bit.
 */
import { isNative, nativeBackend } from "../native/native_backend.ts";

/** A matrix of doubles in row-major order. */
export interface Matrix {
  /** `[rows, columns]` */
  readonly values: Float64Array;
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly columns: number;
}

// TensorFlow's codes of data types (tensorflow/c/tf_datatype.h). tfjs-node has no code for doubles.
export const DOUBLE = 2;
const INT64 = 9;

/**
 * Returns XᵀX, the matrix of dot products between the columns of X.
 *
 * @param x `[n, d]`
 * @returns `[d, d]`
 */
export function gramNatively(x: Matrix): Matrix {
  return withTensors((tensors) => {
    const id = tensors.write(x);
    const attributes = { T: DOUBLE, transpose_a: true, transpose_b: false };
    return tensors.read(tensors.run("MatMul", attributes, [id, id]));
  });
}

/**
 * Returns H S Hᵀ.
 *
 * @param h `[r, d]`
 * @param s `[d, d]`
 * @returns `[r, r]`
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
 * Returns Σ (x·y · scale + 1)³ over the rows y of Y, for each row x of X.
 *
 * @param x `[m, d]`
 * @param y `[n, d]`
 * @returns `[m]`
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
    // Multiplying by a column of ones is TensorFlow's fastest way to sum rows.
    return read(product(cubes, write(ones), false)).values;
  });
}

/**
 * Returns the lower triangular L with LLᵀ = S. L contains NaN if S is not positive definite.
 *
 * @param s symmetric, `[d, d]`
 */
export function choleskyNatively(s: Matrix): Matrix {
  return withTensors((tensors) =>
    tensors.read(tensors.run("Cholesky", { T: DOUBLE }, [tensors.write(s)]))
  );
}

/**
 * Returns the eigenvalues of a symmetric matrix in ascending order.
 *
 * @param s symmetric, `[d, d]`; only the lower triangle is read
 */
export function eigenvaluesNatively(s: Matrix): Float64Array {
  return withTensors((tensors) => {
    const attributes = { T: DOUBLE, compute_v: false };
    const id = tensors.write(s);
    return tensors.read(tensors.run("SelfAdjointEigV2", attributes, [id], 2))
      .values;
  });
}

/** The native tensors of one calculation. */
export interface Tensors {
  /** Creates a double tensor and returns its id. */
  write(matrix: Matrix): number;
  /**
   * Runs an operation and returns the id of its first output. Numeric attributes are data types.
   */
  run(
    name: string,
    attributes: Readonly<Record<string, number | boolean>>,
    inputs: readonly number[],
    outputs?: number,
  ): number;
  /** Takes over a tensor created elsewhere, to be freed with the others. Returns `id`. */
  adopt(id: number, shape: readonly number[]): number;
  /** Reads a tensor of at most two dimensions as a matrix. */
  read(id: number): Matrix;
}

/**
 * Calls a function with access to double tensors, and then frees them.
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
