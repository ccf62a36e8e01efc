/**
 * Computes the two sums of KID's kernel that depend on the generated vectors.
 *
 * TensorFlow may be set to use only one thread per operation. In that case, matrix products that
 * run one after the other keep only one processor busy. If the products are branches of one
 * TensorFlow graph, they run at the same time and keep several processors busy.
 */
import type { GraphNode } from "../../compile/graph_def.ts";
import { int32Constant, int32Type } from "../../compile/make_nodes.ts";
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
  /** Returns the sum `within` alone. */
  within(x: Matrix): number;
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
  within: (x) => total(cubicKernelSums(x, x, 1 / x.columns)),
  close() {},
};

const inputs = ["x", "scale", "ones", "y"] as const;

function inOneGraph(): KernelSums {
  // The graph depends on the number of rows.
  const sessions = new Map<number, Session>();
  const run = (matrices: readonly Matrix[], outputs: string): number[] => {
    const [{ rows, columns }, ...others] = matrices;
    const session = sessions.get(rows) ?? new Session(graphNodes(rows), []);
    sessions.set(rows, session);
    return withTensors(({ write, read, adopt }) => {
      const scale = column(Math.sqrt(1 / columns), 1);
      const fed = [matrices[0], scale, column(1, rows), ...others].map(write);
      return session.run(fed, inputs.slice(0, fed.length).join(), outputs)
        .map(({ id, shape }) => read(adopt(id, shape)).values[0]);
    });
  };
  return {
    of(x, y) {
      const [within, between] = run([x, y], "within,between");
      return { within, between };
    },
    within: (x) => run([x], "within")[0],
    close: () => sessions.forEach((session) => session.close()),
  };
}

/**
 * Number of blocks into which the rows of X are split. KID takes 1,000 rows by default, and then a
 * block of the kernel takes 1 MB, which stays in a processor's cache.
 */
const BLOCKS = 8;

/**
 * Makes the graph for matrices with `rows` rows. If x and y are divided by √d and a 1 is appended
 * to them, then their product is the base of the kernel, x·y/d + 1.
 *
 * The kernel of X with itself is symmetric. A block of rows is therefore multiplied only by its own
 * rows and by the rows after it, and the sums over the latter count twice.
 */
function graphNodes(rows: number): GraphNode[] {
  const cuts = Array.from({ length: BLOCKS + 1 }, (_, i) => Math.floor(i * rows / BLOCKS));
  const parts: GraphNode[] = [];
  const [within, between]: string[][] = [[], []];
  for (const [i, from] of cuts.slice(0, BLOCKS).entries()) {
    const to = cuts[i + 1];
    if (from === to) continue;
    const [block, later] = [`block_${i}`, `later_${i}`];
    parts.push(...rowsOf("u", block, from, to), ...sumOfCubes(`own_${i}`, block, block, to - from));
    within.push(`own_${i}`);
    if (to < rows) {
      parts.push(...rowsOf("u", later, to, rows));
      parts.push(...sumOfCubes(`twice_${i}`, block, later, rows - to));
      within.push(`twice_${i}`, `twice_${i}`);
    }
    parts.push(...sumOfCubes(`across_${i}`, block, "v", rows));
    between.push(`across_${i}`);
  }
  return [
    ...inputs.map((name) => node("Placeholder", name, [], { dtype: double, shape: anyShape })),
    int32Constant("last_axis", [], [1]),
    int32Constant("axes", [2], [0, 1]),
    ...extended("u", "x"),
    ...extended("v", "y"),
    ...parts,
    node("AddN", "within", within, { N: int(within.length), T: double }),
    node("AddN", "between", between, { N: int(between.length), T: double }),
  ];
}

const double = { kind: "type", value: DOUBLE } as const;
const anyShape = { kind: "unknownShape" } as const;
const int = (value: number) => ({ kind: "int", value } as const);

function node(
  operation: string,
  name: string,
  inputs: readonly string[],
  attributes: GraphNode["attributes"] = { T: double },
): GraphNode {
  return { name, operation, inputs, attributes };
}

/** Returns nodes that scale the rows of a matrix and append a 1 to each of them. */
function extended(name: string, matrix: string): GraphNode[] {
  return [
    node("Mul", `${name}/scaled`, [matrix, "scale"]),
    node("ConcatV2", name, [`${name}/scaled`, "ones", "last_axis"], {
      N: int(2),
      T: double,
      Tidx: int32Type,
    }),
  ];
}

function rowsOf(matrix: string, name: string, from: number, to: number): GraphNode[] {
  const [begin, size] = [`${name}/begin`, `${name}/size`];
  return [
    int32Constant(begin, [2], [from, 0]),
    int32Constant(size, [2], [to - from, -1]),
    node("Slice", name, [matrix, begin, size], { T: double, Index: int32Type }),
  ];
}

/** Returns nodes that sum the cubes of A Bᵀ, where B has `rows` rows. */
function sumOfCubes(name: string, a: string, b: string, rows: number): GraphNode[] {
  const ones = `${name}/ones`;
  return [
    ...rowsOf("ones", ones, 0, rows),
    product(`${name}/base`, a, b, true),
    node("Square", `${name}/square`, [`${name}/base`]),
    node("Mul", `${name}/cube`, [`${name}/square`, `${name}/base`]),
    // In TensorFlow, the fastest way to sum rows is to multiply by a column of ones.
    product(`${name}/rows`, `${name}/cube`, ones, false),
    node("Sum", name, [`${name}/rows`, "axes"], {
      T: double,
      Tidx: int32Type,
      keep_dims: { kind: "bool", value: false },
    }),
  ];
}

function product(name: string, a: string, b: string, transposed: boolean): GraphNode {
  return node("MatMul", name, [a, b], {
    T: double,
    transpose_a: { kind: "bool", value: false },
    transpose_b: { kind: "bool", value: transposed },
  });
}

function column(value: number, rows: number): Matrix {
  return { values: new Float64Array(rows).fill(value), rows, columns: 1 };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
