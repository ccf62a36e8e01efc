/**
 * Computes the two sums of KID's kernel that depend on the generated vectors.
 *
 * TensorFlow may be set to use only one thread per operation. In that case, two matrix products
 * that run one after the other keep only one processor busy. If the products are two branches of
 * one TensorFlow graph, they run at the same time and keep two processors busy.
 */
import type { GraphNode } from "../../compile/graph_def.ts";
import { Session } from "../../compile/session.ts";
import { DOUBLE, type Matrix, withTensors } from "../../engine/double.ts";
import { isNative } from "../../native/native_backend.ts";
import { computesAcrossOperations } from "../../native/threads.ts";
import { cubicKernelSums } from "./linear_algebra.ts";

/** Computes sums of KID's kernel. The object must be closed after use. */
export interface KernelSums {
  /**
   * Returns two sums of the kernel. `within` is the sum of (x·x′/d + 1)³ over all pairs of rows of
   * X, including the pairs in which both rows are the same. `between` is the sum of (x·y/d + 1)³
   * over all pairs of a row of X and a row of Y.
   *
   * @param x the matrix X, `[n, d]`
   * @param y the matrix Y, which has the same shape as X
   */
  of(x: Matrix, y: Matrix): { readonly within: number; readonly between: number };
  close(): void;
}

/**
 * Creates an object that computes sums of KID's kernel.
 *
 * @param sideBySide whether to compute both sums in one graph; by default, this is done only if
 * several processors can share the work
 */
export function openKernelSums(
  sideBySide = isNative() && computesAcrossOperations(),
): KernelSums {
  return sideBySide ? inOneGraph() : oneAfterTheOther;
}

const oneAfterTheOther: KernelSums = {
  of: (x, y) => ({
    within: total(cubicKernelSums(x, x, 1 / x.columns)),
    between: total(cubicKernelSums(x, y, 1 / x.columns)),
  }),
  close() {},
};

const inputs = ["x", "y", "scale", "one", "ones"] as const;

function inOneGraph(): KernelSums {
  const session = new Session(graphNodes(), []);
  return {
    of: (x, y) =>
      withTensors(({ write, read, adopt }) => {
        const fed = [x, y, column(1 / x.columns, 1), column(1, 1), column(1, x.rows)].map(write);
        const [within, between] = session.run(fed, inputs.join(), "within,between")
          .map(({ id, shape }) => total(read(adopt(id, shape)).values));
        return { within, between };
      }),
    close: () => session.close(),
  };
}

function graphNodes(): GraphNode[] {
  const type = { kind: "type", value: DOUBLE } as const;
  const flag = (value: boolean) => ({ kind: "bool", value } as const);
  const node = (operation: string, name: string, ...inputs: string[]): GraphNode => ({
    name,
    operation,
    inputs,
    attributes: { T: type },
  });
  const product = (name: string, a: string, b: string, transposed: boolean): GraphNode => ({
    name,
    operation: "MatMul",
    inputs: [a, b],
    attributes: { T: type, transpose_a: flag(false), transpose_b: flag(transposed) },
  });
  const branch = (name: string, other: string) => [
    product(`${name}/product`, "scaled", other, true),
    node("AddV2", `${name}/base`, `${name}/product`, "one"),
    node("Square", `${name}/square`, `${name}/base`),
    node("Mul", `${name}/cube`, `${name}/square`, `${name}/base`),
    // In TensorFlow, the fastest way to sum rows is to multiply by a column of ones.
    product(name, `${name}/cube`, "ones", false),
  ];
  return [
    ...inputs.map((name): GraphNode => ({
      name,
      operation: "Placeholder",
      inputs: [],
      attributes: { dtype: type, shape: { kind: "unknownShape" } },
    })),
    node("Mul", "scaled", "x", "scale"),
    ...branch("within", "x"),
    ...branch("between", "y"),
  ];
}

function column(value: number, rows: number): Matrix {
  return { values: new Float64Array(rows).fill(value), rows, columns: 1 };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
