/**
 * Multiplies float32 matrices by the transpose of one fixed matrix, and finds the few numbers of a
 * product that matter. Products have millions of numbers, and reading all of them takes longer than
 * computing them, so the native engine does the search.
 *
 * TensorFlow may be set to use only one thread per operation. In that case, products that run one
 * after the other keep only one processor busy. If the products are branches of one TensorFlow
 * graph, they run at the same time and keep two processors busy.
 */
import * as tf from "@tensorflow/tfjs";
import { type Attribute, dataTypes, type GraphNode } from "../../compile/graph_def.ts";
import { float32Type, int32Type, typeAttribute } from "../../compile/make_nodes.ts";
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

/** Computes products with one matrix, B. The object must be closed after use. */
export interface Products {
  /** The largest number of matrices A in a call. Their products are computed at the same time. */
  readonly atOnce: 1 | 2;
  /**
   * Returns the products A Bᵀ.
   *
   * @param matrices the matrices A, `[m, d]`
   * @returns for each A the numbers of its product, `[m, n]`
   */
  of(matrices: readonly FloatMatrix[]): Float32Array[];
  /** Searches in products. Undefined if the engine is not native. */
  readonly search: ProductSearch | undefined;
  close(): void;
}

export interface ProductSearch {
  /** Returns the `count` largest numbers in each row of each product A Bᵀ, in any order. */
  largest(matrices: readonly FloatMatrix[], count: number): Largest[];
  /**
   * For each product A Bᵀ, finds the numbers that are at most as large as the limit of their row or
   * of their column.
   *
   * @param rowLimits one limit for each row of A, `[m]`, for each A
   * @param columnLimits one limit for each row of B, `[n]`, for each A
   */
  atMost(
    matrices: readonly FloatMatrix[],
    rowLimits: readonly Float32Array[],
    columnLimits: readonly Float32Array[],
  ): Small[];
}

export interface Largest {
  /** `[m, count]` */
  readonly values: Float32Array;
  /** The column of each value, `[m, count]`. */
  readonly columns: Int32Array;
}

export interface Small {
  /**
   * The row and the column of each number that was found, `[numbers, 2]`. Undefined if so many were
   * found that the whole product is the shorter answer.
   */
  readonly places: Int32Array | undefined;
  /** Reads the whole product, `[m, n]`. It can be read only until the next call. */
  read(): Float32Array;
}

/**
 * Creates an object that multiplies matrices by the transpose of `right`.
 *
 * @param right the matrix B, `[n, d]`
 * @param sideBySide whether to compute two products at the same time; by default, the native engine
 * does so if several processors can share the work
 */
export function openProducts(
  right: FloatMatrix,
  sideBySide = computesAcrossOperations(),
): Products {
  return isNative() ? new NativeProducts(right, sideBySide ? 2 : 1) : inTfjs(right);
}

function inTfjs(fixed: FloatMatrix): Products {
  const right = tf.tensor2d(fixed.values, [fixed.rows, fixed.columns]);
  return {
    atOnce: 1,
    of: (matrices) =>
      matrices.map(({ values, rows, columns }) =>
        tf.tidy(() => tf.matMul(tf.tensor2d(values, [rows, columns]), right, false, true))
      ).map((product) => {
        // The numbers are read outside `tf.tidy`, which would search them for tensors.
        const values = product.dataSync<"float32">();
        product.dispose();
        return values;
      }),
    search: undefined,
    close: () => right.dispose(),
  };
}

type Numbers = Float32Array | Int32Array;

/** Computes products and searches in them in one TensorFlow graph. */
class NativeProducts implements Products, ProductSearch {
  readonly atOnce: 1 | 2;
  readonly search = this;
  readonly #session = new Session(graphNodes(), []);
  readonly #right: number;
  readonly #columns: number;
  /** Tensors that are freed at the next call. */
  #results: number[] = [];

  constructor(right: FloatMatrix, atOnce: 1 | 2) {
    this.atOnce = atOnce;
    this.#columns = right.rows;
    this.#right = write([right.rows, right.columns], right.values);
  }

  of(matrices: readonly FloatMatrix[]): Float32Array[] {
    return this.#run(matrices, ["product"]).map(([product]) => readFloats(product.id));
  }

  largest(matrices: readonly FloatMatrix[], count: number): Largest[] {
    const fed = { count: write([], Int32Array.of(count)) };
    return this.#run(matrices, ["largest", "largest:1"], fed).map(([values, columns]) => ({
      values: readFloats(values.id),
      columns: readIntegers(columns.id),
    }));
  }

  atMost(
    matrices: readonly FloatMatrix[],
    rowLimits: readonly Float32Array[],
    columnLimits: readonly Float32Array[],
  ): Small[] {
    const fed: Record<string, number> = {};
    for (const i of matrices.keys()) {
      fed[`rows_${i}`] = write([matrices[i].rows, 1], rowLimits[i]);
      fed[`columns_${i}`] = write([1, this.#columns], columnLimits[i]);
    }
    return this.#run(matrices, ["places", "product"], fed).map(([places, product], i) => ({
      places: places.shape[0] * MANY <= matrices[i].rows * this.#columns
        ? readIntegers(places.id)
        : undefined,
      read: () => readFloats(product.id),
    }));
  }

  /** Runs the graph. Returns the wanted tensors of each matrix. */
  #run(
    matrices: readonly FloatMatrix[],
    wanted: readonly string[],
    fed: Readonly<Record<string, number>> = {},
  ) {
    this.#free();
    const inputs: Record<string, number> = { right: this.#right, ...fed };
    for (const [i, { values, rows, columns }] of matrices.entries()) {
      inputs[`left_${i}`] = write([rows, columns], values);
    }
    const names = matrices.flatMap((_, i) => wanted.map((name) => nameOf(name, i)));
    const found = this.#session.run(
      Object.values(inputs),
      Object.keys(inputs).join(),
      names.join(),
    );
    this.#results = found.map(({ id }) => id);
    for (const [name, id] of Object.entries(inputs)) {
      if (name !== "right") nativeBackend().binding.deleteTensor(id);
    }
    return matrices.map((_, i) => found.slice(i * wanted.length, (i + 1) * wanted.length));
  }

  #free(): void {
    for (const id of this.#results) nativeBackend().binding.deleteTensor(id);
    this.#results = [];
  }

  close(): void {
    this.#free();
    nativeBackend().binding.deleteTensor(this.#right);
    this.#session.close();
  }
}

/** If more than one number in `MANY` is found, then the whole product is read instead. */
const MANY = 16;

function write(shape: number[], values: Numbers): number {
  const type = values instanceof Float32Array ? dataTypes.float32 : dataTypes.int32;
  return nativeBackend().binding.createTensor(shape, type, values);
}

function readFloats(id: number): Float32Array {
  return nativeBackend().binding.tensorDataSync(id) as Float32Array;
}

function readIntegers(id: number): Int32Array {
  return nativeBackend().binding.tensorDataSync(id) as Int32Array;
}

/** Returns the name of the i-th branch's tensor; `name` may end in the number of an output. */
function nameOf(name: string, i: number): string {
  const [node, output] = name.split(":");
  return output ? `${node}_${i}:${output}` : `${node}_${i}`;
}

const INT64 = 9;

function graphNodes(): GraphNode[] {
  const flag = (value: boolean): Attribute => ({ kind: "bool", value });
  const node = (
    operation: string,
    name: string,
    inputs: readonly string[],
    attributes: GraphNode["attributes"] = { T: float32Type },
  ): GraphNode => ({ name, operation, inputs, attributes });
  const placeholder = (name: string, dtype = float32Type) =>
    node("Placeholder", name, [], { dtype, shape: { kind: "unknownShape" } });
  const branch = (i: number) => [
    ...["left", "rows", "columns"].map((name) => placeholder(`${name}_${i}`)),
    node("MatMul", `product_${i}`, [`left_${i}`, "right"], {
      T: float32Type,
      transpose_a: flag(false),
      transpose_b: flag(true),
    }),
    node("TopKV2", `largest_${i}`, [`product_${i}`, "count"], {
      T: float32Type,
      sorted: flag(false),
    }),
    node("LessEqual", `in_row_${i}`, [`product_${i}`, `rows_${i}`]),
    node("LessEqual", `in_column_${i}`, [`product_${i}`, `columns_${i}`]),
    node("LogicalOr", `small_${i}`, [`in_row_${i}`, `in_column_${i}`], {}),
    node("Where", `where_${i}`, [`small_${i}`], { T: typeAttribute(dataTypes.bool) }),
    node("Cast", `places_${i}`, [`where_${i}`], {
      SrcT: typeAttribute(INT64),
      DstT: int32Type,
      Truncate: flag(false),
    }),
  ];
  return [placeholder("right"), placeholder("count", int32Type), ...[0, 1].flatMap(branch)];
}
