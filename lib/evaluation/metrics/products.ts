/**
 * Multiplies several float32 matrices by the same matrix.
 *
 * TensorFlow may be set to use only one thread per operation. In that case, products that run one
 * after the other keep only one processor busy. If the products are branches of one TensorFlow
 * graph, they run at the same time and keep two processors busy.
 */
import * as tf from "@tensorflow/tfjs";
import { dataTypes, type GraphNode } from "../../compile/graph_def.ts";
import { float32Type } from "../../compile/make_nodes.ts";
import { Session } from "../../compile/session.ts";
import { isNative, nativeBackend } from "../../native/native_backend.ts";
import { computesAcrossOperations } from "../../native/threads.ts";

/** A float32 matrix in row-major order. */
export interface FloatMatrix {
  /** The numbers, with the shape `[rows, columns]`. */
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Computes products with one matrix. The object must be closed after use. */
export interface Products {
  /** Number of products that are computed at the same time. */
  readonly atOnce: 1 | 2;
  /**
   * Returns the products A Bᵀ, where B is the matrix that the object was opened with.
   *
   * @param matrices at most `atOnce` matrices A, each with the shape `[m, d]`
   * @returns for each A the numbers of its product, `[m, n]`
   */
  of(matrices: readonly FloatMatrix[]): Float32Array[];
  close(): void;
}

/**
 * Creates an object that multiplies matrices by the transpose of `right`.
 *
 * @param right the matrix B, `[n, d]`
 * @param sideBySide whether to compute two products at the same time; by default, this is done only
 * if several processors can share the work
 */
export function openProducts(
  right: FloatMatrix,
  sideBySide = isNative() && computesAcrossOperations(),
): Products {
  return sideBySide ? inOneGraph(right) : oneAfterTheOther(right);
}

function oneAfterTheOther({ values, rows, columns }: FloatMatrix): Products {
  const right = tf.tensor2d(values, [rows, columns]);
  return {
    atOnce: 1,
    of: (matrices) => matrices.map((left) => multiply(left, right)),
    close: () => right.dispose(),
  };
}

/**
 * Returns A Bᵀ. The result is read outside `tf.tidy`, because `tf.tidy` would search the array of
 * millions of numbers for tensors.
 */
function multiply({ values, rows, columns }: FloatMatrix, right: tf.Tensor2D): Float32Array {
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d(values, [rows, columns]), right, false, true)
  );
  try {
    return product.dataSync<"float32">();
  } finally {
    product.dispose();
  }
}

const names = [0, 1] as const;

function inOneGraph(right: FloatMatrix): Products {
  const { binding } = nativeBackend();
  const write = ({ values, rows, columns }: FloatMatrix) =>
    binding.createTensor([rows, columns], dataTypes.float32, values);
  const session = new Session(graphNodes(), []);
  const fixed = write(right);
  return {
    atOnce: 2,
    of(matrices) {
      const some = names.slice(0, matrices.length);
      const fed = matrices.map(write);
      const products = session.run(
        [fixed, ...fed],
        ["right", ...some.map((i) => `left_${i}`)].join(),
        some.map((i) => `product_${i}`).join(),
      );
      const results = products.map(({ id }) => binding.tensorDataSync(id) as Float32Array);
      for (const id of [...fed, ...products.map(({ id }) => id)]) binding.deleteTensor(id);
      return results;
    },
    close() {
      binding.deleteTensor(fixed);
      session.close();
    },
  };
}

function graphNodes(): GraphNode[] {
  const placeholder = (name: string): GraphNode => ({
    name,
    operation: "Placeholder",
    inputs: [],
    attributes: { dtype: float32Type, shape: { kind: "unknownShape" } },
  });
  const product = (i: number): GraphNode => ({
    name: `product_${i}`,
    operation: "MatMul",
    inputs: [`left_${i}`, "right"],
    attributes: {
      T: float32Type,
      transpose_a: { kind: "bool", value: false },
      transpose_b: { kind: "bool", value: true },
    },
  });
  return [
    ...["right", ...names.map((i) => `left_${i}`)].map(placeholder),
    ...names.map(product),
  ];
}
