/**
 * Computes the eigenvalues of a symmetric matrix, for engines that have no float64 operations.
 *
 * First, Householder reflections reduce the matrix to tridiagonal form. Then the QL algorithm with
 * implicit shifts finds the eigenvalues (tred and tql1 by Martin, Reinsch, Wilkinson and Bowdler,
 * Handbook for Automatic Computation II, 1971).
 */
import type { Matrix } from "../../engine/double.ts";
import { EvaluationError } from "../evaluation_error.ts";

/**
 * Maximum number of QL steps per eigenvalue. Usually about two steps are enough. An input that
 * needs more steps than the maximum is treated as invalid.
 */
const MOST_STEPS = 60;

/**
 * Returns the eigenvalues of a symmetric matrix in ascending order.
 *
 * @param matrix a symmetric matrix, `[d, d]`, of which only the lower triangle is read
 * @throws {EvaluationError} if the matrix is not square, or if it contains numbers that are not
 * finite
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * const values = eigenvalues({ values: Float64Array.of(2, 1, 1, 2), rows: 2, columns: 2 });
 * assertAlmostEquals(values[0], 1);
 * assertAlmostEquals(values[1], 3);
 * ```
 */
export function eigenvalues(matrix: Matrix): Float64Array {
  if (matrix.rows !== matrix.columns) {
    throw new EvaluationError(
      `Eigenvalues: wanted a square matrix; found ${matrix.rows} x ${matrix.columns}.`,
    );
  }
  const { diagonal, below } = tridiagonalize(matrix);
  diagonalize(diagonal, below);
  return diagonal.sort();
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /**
   * The subdiagonal. Element i is directly below element i of the diagonal. The array has one more
   * element at the end, which is 0.
   */
  readonly below: Float64Array;
}

/**
 * Reduces a symmetric matrix to tridiagonal form. Reflections eliminate all elements to the left of
 * the subdiagonal, from the last row to the first.
 */
function tridiagonalize({ values, rows: size }: Matrix): Tridiagonal {
  const rows = Array.from(
    { length: size },
    (_, i) => values.slice(i * size, i * size + i + 1),
  );
  const below = new Float64Array(size);
  for (let last = size - 1; last > 0; last--) {
    below[last - 1] = reflect(rows, last);
  }
  return { diagonal: Float64Array.from(rows, (row, i) => row[i]), below };
}

/**
 * Applies a reflection that eliminates the elements of row `last` to the left of the subdiagonal.
 * The reflection also changes the rows above.
 *
 * @returns the new subdiagonal element of row `last`
 */
function reflect(rows: readonly Float64Array[], last: number): number {
  const v = rows[last];
  let largest = 0;
  for (let k = 0; k < last; k++) largest = Math.max(largest, Math.abs(v[k]));
  if (largest === 0) return 0;
  let square = 0;
  for (let k = 0; k < last; k++) square += (v[k] /= largest) ** 2;
  const first = v[last - 1];
  const length = first > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  v[last - 1] = first - length;
  const half = square - first * length; // |v|² / 2
  const p = multiplyByLower(rows, v, last);
  let overlap = 0;
  for (let k = 0; k < last; k++) overlap += (p[k] /= half) * v[k];
  const correction = overlap / (2 * half);
  for (let k = 0; k < last; k++) p[k] -= correction * v[k];
  for (let i = 0; i < last; i++) {
    const [row, vi, pi] = [rows[i], v[i], p[i]];
    for (let j = 0; j <= i; j++) row[j] -= vi * p[j] + pi * v[j];
  }
  return length * largest;
}

/**
 * Returns the product of the vector v and the symmetric matrix whose lower triangle is in `rows`.
 */
function multiplyByLower(
  rows: readonly Float64Array[],
  v: Float64Array,
  size: number,
): Float64Array {
  const product = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const [row, vi] = [rows[i], v[i]];
    let sum = row[i] * vi;
    for (let j = 0; j < i; j++) {
      sum += row[j] * v[j];
      product[j] += row[j] * vi;
    }
    product[i] += sum;
  }
  return product;
}

function diagonalize(diagonal: Float64Array, below: Float64Array): void {
  for (let from = 0; from < diagonal.length; from++) {
    let steps = 0;
    for (
      let to = blockEnd(diagonal, below, from);
      to > from;
      to = blockEnd(diagonal, below, from)
    ) {
      if (steps++ === MOST_STEPS) {
        throw new EvaluationError(
          "Eigenvalues: wanted a symmetric matrix of finite numbers; the iteration did not converge.",
        );
      }
      stepImplicitly(diagonal, below, from, to);
    }
  }
}

/**
 * Returns the index of the last row of the block that starts at row `from`. A block ends where an
 * element of the subdiagonal is 0 to within rounding error.
 */
function blockEnd(
  diagonal: Float64Array,
  below: Float64Array,
  from: number,
): number {
  let at = from;
  while (at < diagonal.length - 1) {
    const scale = Math.abs(diagonal[at]) + Math.abs(diagonal[at + 1]);
    if (Math.abs(below[at]) <= Number.EPSILON * scale) break;
    at++;
  }
  return at;
}

/** Applies one QL step with Wilkinson's shift to the rows from `from` to `to`. */
function stepImplicitly(
  d: Float64Array,
  e: Float64Array,
  from: number,
  to: number,
): void {
  const slope = (d[from + 1] - d[from]) / (2 * e[from]);
  const root = Math.hypot(slope, 1);
  let g = d[to] - d[from] +
    e[from] / (slope + (slope < 0 ? -root : root));
  let [sine, cosine, shifted] = [1, 1, 0];
  for (let i = to - 1; i >= from; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) { // The block splits here.
      d[i + 1] -= shifted;
      e[to] = 0;
      return;
    }
    [sine, cosine] = [f / r, g / r];
    const difference = d[i + 1] - shifted;
    const t = (d[i] - difference) * sine + 2 * cosine * b;
    shifted = sine * t;
    d[i + 1] = difference + shifted;
    g = cosine * t - b;
  }
  d[from] -= shifted;
  e[from] = g;
  e[to] = 0;
}
