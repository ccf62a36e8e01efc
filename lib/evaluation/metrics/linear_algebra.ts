/**
 * Provides linear algebra in float64. The computation uses the native engine if it is running, and
 * TypeScript code otherwise. The results agree up to rounding errors.
 */
import { isNative } from "../../native/native_backend.ts";
import {
  choleskyNatively,
  congruenceNatively,
  cubicKernelSumsNatively,
  eigenvaluesNatively,
  gramNatively,
  type Matrix,
} from "../../engine/double.ts";
import { eigenvalues } from "./eigenvalues.ts";

/**
 * Number of rows of the second factor that are used at a time. These rows stay in the processor's
 * cache.
 */
const BLOCK = 32;

/** Returns XᵀX. The shapes are `[n, d] -> [d, d]`. */
export function gram(x: Matrix): Matrix {
  if (isNative()) return gramNatively(x);
  const columns = transpose(x);
  return multiplyRows(columns, columns);
}

/** Returns H S Hᵀ for a symmetric matrix S. The shapes are `[r, d], [d, d] -> [r, r]`. */
export function congruence(h: Matrix, s: Matrix): Matrix {
  return isNative() ? congruenceNatively(h, s) : multiplyRows(multiplyRows(h, s), h);
}

/**
 * For each row x of X, returns the sum of (x·y · scale + 1)³ over the rows y of Y.
 *
 * @param x the matrix X, `[m, d]`
 * @param y the matrix Y, `[n, d]`
 * @returns one sum for each row of X, `[m]`
 */
export function cubicKernelSums(
  x: Matrix,
  y: Matrix,
  scale: number,
): Float64Array {
  if (isNative()) return cubicKernelSumsNatively(x, y, scale);
  const { values } = multiplyRows(x, y);
  const sums = new Float64Array(x.rows);
  for (let at = 0; at < values.length; at++) {
    sums[Math.floor(at / y.rows)] += (values[at] * scale + 1) ** 3;
  }
  return sums;
}

/** Returns the eigenvalues of a symmetric matrix in ascending order. */
export function symmetricEigenvalues(s: Matrix): Float64Array {
  return isNative() ? eigenvaluesNatively(s) : eigenvalues(s);
}

/**
 * Returns a matrix H with HᵀH = S, or undefined if S is singular up to rounding errors; H is upper
 * triangular if the native engine computes it.
 *
 * @param s a symmetric, positive semidefinite matrix
 * @param tolerance S counts as singular if the square of any pivot is at most this number
 */
export function choleskyFactor(
  s: Matrix,
  tolerance: number,
): Matrix | undefined {
  if (!isNative()) {
    const factor = pivotedCholesky(s, tolerance);
    return factor.rows === s.rows ? factor : undefined;
  }
  const lower = choleskyNatively(s);
  for (let i = 0; i < lower.rows; i++) {
    const pivot = lower.values[i * lower.columns + i];
    if (!(pivot * pivot > tolerance)) return undefined;
  }
  return transpose(lower);
}

/**
 * Returns a matrix H with HᵀH = S. The number of rows of H is the rank of S. The method is
 * Cholesky's, with the largest remaining diagonal element as the pivot (LAPACK's pstrf; Higham,
 * "Analysis of the Cholesky decomposition of a semi-definite matrix", 1990).
 *
 * @param tolerance the largest remaining diagonal element that counts as a rounding error
 * @returns H, `[rank, d]`
 */
export function pivotedCholesky(
  { values, rows: size }: Matrix,
  tolerance: number,
): Matrix {
  const remaining = Float64Array.from(
    { length: size },
    (_, i) => values[i * size + i],
  );
  const factor: Float64Array[] = [];
  while (factor.length < size) {
    const pivot = indexOfLargest(remaining);
    if (!(remaining[pivot] > tolerance)) break;
    const row = values.slice(pivot * size, (pivot + 1) * size);
    for (const earlier of factor) {
      const weight = earlier[pivot];
      if (weight === 0) continue;
      for (let j = 0; j < size; j++) row[j] -= weight * earlier[j];
    }
    const root = Math.sqrt(row[pivot]);
    for (let j = 0; j < size; j++) {
      // In columns that are already eliminated, the elements would be 0 without rounding errors.
      row[j] = remaining[j] === -Infinity ? 0 : row[j] / root;
      remaining[j] -= row[j] * row[j];
    }
    remaining[pivot] = -Infinity;
    factor.push(row);
  }
  return fromRows(factor, size);
}

/** Returns the transposed matrix. */
export function transpose({ values, rows, columns }: Matrix): Matrix {
  const transposed = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      transposed[j * rows + i] = values[i * columns + j];
    }
  }
  return { values: transposed, rows: columns, columns: rows };
}

function fromRows(rows: readonly Float64Array[], columns: number): Matrix {
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => values.set(row, i * columns));
  return { values, rows: rows.length, columns };
}

function indexOfLargest(values: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i] > values[largest]) largest = i;
  }
  return largest;
}

/**
 * Returns A Bᵀ. The product is computed in tiles of two rows of A and four rows of B, so that the
 * sums stay in registers.
 */
function multiplyRows(a: Matrix, b: Matrix): Matrix {
  const [m, n] = [a.rows, b.rows];
  const product = new Float64Array(m * n);
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(n, from + BLOCK);
    let i = 0;
    for (; i + 2 <= m; i += 2) {
      let j = from;
      for (; j + 4 <= to; j += 4) multiplyTile(a, b, i, j, product);
      for (; j < to; j++) {
        product[i * n + j] = dot(a, b, i, j);
        product[(i + 1) * n + j] = dot(a, b, i + 1, j);
      }
    }
    for (; i < m; i++) {
      for (let j = from; j < to; j++) product[i * n + j] = dot(a, b, i, j);
    }
  }
  return { values: product, rows: m, columns: n };
}

function multiplyTile(
  { values: x, columns: k }: Matrix,
  { values: y, rows: n }: Matrix,
  i: number,
  j: number,
  product: Float64Array,
): void {
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
  const [x0, x1] = [i * k, (i + 1) * k];
  const [y0, y1, y2, y3] = [j * k, (j + 1) * k, (j + 2) * k, (j + 3) * k];
  for (let at = 0; at < k; at++) {
    const [p, q] = [x[x0 + at], x[x1 + at]];
    const [b0, b1] = [y[y0 + at], y[y1 + at]];
    const [b2, b3] = [y[y2 + at], y[y3 + at]];
    s00 += p * b0;
    s01 += p * b1;
    s02 += p * b2;
    s03 += p * b3;
    s10 += q * b0;
    s11 += q * b1;
    s12 += q * b2;
    s13 += q * b3;
  }
  product.set([s00, s01, s02, s03], i * n + j);
  product.set([s10, s11, s12, s13], (i + 1) * n + j);
}

function dot(
  { values: x, columns: k }: Matrix,
  { values: y }: Matrix,
  i: number,
  j: number,
): number {
  let sum = 0;
  for (let at = 0; at < k; at++) sum += x[i * k + at] * y[j * k + at];
  return sum;
}
