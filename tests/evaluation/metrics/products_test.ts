import { assertEquals } from "@std/assert";
import { type FloatMatrix, openProducts } from "../../../lib/evaluation/metrics/products.ts";
import { nativeBackend } from "../../../lib/native/native_backend.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { tabulate } from "../../support/features.ts";

const right = matrix(5, 3, (i, j) => i - 2 * j);
const lefts = [matrix(4, 3, (i, j) => 10 * i + j), matrix(2, 3, (i, j) => i + j * j)];

for (const sideBySide of [true, false]) {
  const way = sideBySide ? "side by side" : "one after the other";
  Deno.test(
    `products that are computed ${way} follow the definition, in the order of the matrices`,
    withoutLeaks(async () => {
      await useNative();
      const before = nativeBackend().binding.getNumOfTensors();
      const products = openProducts(right, sideBySide);
      assertEquals(products.atOnce, sideBySide ? 2 : 1);
      // One object serves many calls, with any number of rows.
      for (const matrices of [lefts, lefts.toReversed(), [lefts[1]], [lefts[0]]]) {
        const some = matrices.slice(0, products.atOnce);
        assertEquals(products.of(some), some.map(multiplyByRight));
      }
      products.close();
      assertEquals(nativeBackend().binding.getNumOfTensors(), before);
    }),
  );
}

/** Returns the product of a matrix and the transpose of `right`. */
function multiplyByRight({ values, rows, columns }: FloatMatrix): Float32Array {
  return Float32Array.from({ length: rows * right.rows }, (_, at) => {
    const [i, j] = [Math.floor(at / right.rows), at % right.rows];
    let sum = 0;
    for (let k = 0; k < columns; k++) {
      sum += values[i * columns + k] * right.values[j * columns + k];
    }
    return sum;
  });
}

function matrix(
  rows: number,
  columns: number,
  value: (i: number, j: number) => number,
): FloatMatrix {
  return { values: Float32Array.from(tabulate(rows, columns, value).values), rows, columns };
}
