/**
 * Computes the canonical form of a puzzle.
 *
 * A symmetry turns a puzzle into an equivalent puzzle, which is called a copy of the original
 * puzzle. A symmetry may permute the bands, the rows within each band, the stacks, and the columns
 * within each stack. It may also rename the digits. If boxes are square, it may also transpose the
 * board. A 9x9 board has 2 · 6^8 · 9! symmetries.
 *
 * The canonical form is the copy whose *solution* comes first in lexicographic order. If several
 * copies have this solution, then the canonical form is the one whose clues come first. The search
 * is short: it tries each row as the first row, with each order of the columns. These two choices
 * determine the names of the digits and the order of the other rows.
 */
import { type Grid, GridError } from "../board/grid.ts";
import { perSize, type Shape } from "../board/shape.ts";
import { createSolver, type Solver } from "./solve.ts";

/**
 * For each board size, all column orders that keep the columns of each stack together.
 */
const columnOrders = perSize(({ size, boxWidth }) =>
  permutationsOf(size / boxWidth).flatMap((stacks) =>
    stacks.reduce<number[][]>(
      (orders, stack) =>
        orders.flatMap((order) =>
          permutationsOf(boxWidth).map((columns) => [
            ...order,
            ...columns.map((column) => stack * boxWidth + column),
          ])
        ),
      [[]],
    )
  ).map((order) => Uint8Array.from(order))
);

/**
 * Returns a string that is the same for all symmetric copies of a puzzle.
 *
 * @param solver a solver to reuse, which must be made for the size of the grid
 * @throws {GridError} when the puzzle has no solution or several solutions
 * @returns the clues of the canonical form, row by row, with `.` for an empty cell
 *
 * @example Columns 1 and 2 exchanged, and digits renamed
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { canonicalForm, parseGrid } from "@sudogan/sudogan/sudoku";
 * assertEquals(
 *   canonicalForm(parseGrid("12....1..3.....4")),
 *   canonicalForm(parseGrid("34....4.2......1")),
 * );
 * ```
 */
export function canonicalForm(
  { shape, values }: Grid,
  solver: Solver = createSolver(shape.size),
): string {
  const solutions = solver.count(values, 2);
  if (solutions !== 1) {
    throw new GridError(
      "Computing the canonical form: wanted one solution, found " +
        `${solutions === 0 ? "none" : "several"}.`,
    );
  }
  const upright = { shape, solution: solver.solution(0), values };
  const best: Best = {
    solution: new Uint8Array(shape.cellCount).fill(shape.size + 1),
    clues: "",
  };
  const names = new Uint8Array(shape.size + 1);
  for (const view of viewsOf(upright)) {
    for (let row = 0; row < shape.size; row++) {
      for (const order of columnOrders[shape.size]) {
        tryDisguise(view, row, { order, names }, best);
      }
    }
  }
  return best.clues;
}

interface View {
  readonly shape: Shape;
  readonly solution: Readonly<Uint8Array>;
  readonly values: Readonly<Uint8Array>;
}

interface Best {
  solution: Uint8Array;
  clues: string;
}

function viewsOf(view: View): View[] {
  const { shape, solution, values } = view;
  if (shape.boxHeight !== shape.boxWidth) return [view];
  const turn = (cells: Readonly<Uint8Array>) =>
    cells.map((_, cell) => cells[cell % shape.size * shape.size + Math.floor(cell / shape.size)]);
  return [view, { shape, solution: turn(solution), values: turn(values) }];
}

/**
 * Compares a copy with the best copy so far, and keeps the copy that comes first. The copy is
 * defined by the choice of its first row and the order of its columns.
 */
function tryDisguise(
  view: View,
  firstRow: number,
  disguise: Disguise,
  best: Best,
): void {
  const { shape: { size, boxHeight }, solution } = view;
  const { order, names } = disguise;
  for (let index = 0; index < size; index++) {
    names[solution[firstRow * size + order[index]]] = index + 1;
  }
  // The second row of the copy comes from the same band as the first row: it is the row whose first
  // digit gets the lowest name. A comparison of this row alone rules out nearly all copies.
  const band = firstRow - firstRow % boxHeight;
  let [second, lowest] = [-1, size + 1];
  for (let row = band; row < band + boxHeight; row++) {
    const head = names[solution[row * size + order[0]]];
    if (row !== firstRow && head < lowest) [second, lowest] = [row, head];
  }
  for (let index = 0; index < size; index++) {
    const name = names[solution[second * size + order[index]]];
    if (name > best.solution[size + index]) return;
    if (name < best.solution[size + index]) break;
  }
  compareWhole(view, disguise, best);
}

interface Disguise {
  /** For each column of the copy, its column in the original puzzle. */
  readonly order: Uint8Array;
  /**
   * For each digit of the original puzzle, its name in the copy. The same array is overwritten for
   * each copy.
   */
  readonly names: Uint8Array;
}

function compareWhole(view: View, disguise: Disguise, best: Best): void {
  const { solution, values } = view;
  const cells = sourceCells(view, disguise);
  const renamed = cells.map((cell) => disguise.names[solution[cell]]);
  const order = compare(renamed, best.solution);
  if (order > 0) return;
  const clues = Array.from(
    cells,
    (cell) => values[cell] === 0 ? "." : disguise.names[values[cell]],
  ).join("");
  if (order < 0 || clues < best.clues) best.clues = clues;
  best.solution = renamed;
}

/**
 * Returns, for each cell of the copy, the corresponding cell in the original puzzle. In the copy,
 * the rows within each band are sorted by their first digit, and the bands are sorted by the first
 * digit of their first row.
 */
function sourceCells(
  { shape: { size, boxHeight }, solution }: View,
  { order, names }: Disguise,
): Uint8Array {
  const head = (row: number) => names[solution[row * size + order[0]]];
  const bands = Array.from(
    { length: size / boxHeight },
    (_, band) =>
      Array.from({ length: boxHeight }, (_, row) => band * boxHeight + row)
        .sort((a, b) => head(a) - head(b)),
  );
  bands.sort(([a], [b]) => head(a) - head(b));
  // The first row of the copy starts with 1, so sorting puts this row first within its band, and
  // puts its band first.
  const rows = bands.flat();
  return Uint8Array.from(
    rows.flatMap((row) => Array.from(order, (column) => row * size + column)),
  );
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < a.length; index++) {
    if (a[index] !== b[index]) return a[index] - b[index];
  }
  return 0;
}

function permutationsOf(count: number): number[][] {
  if (count === 0) return [[]];
  return permutationsOf(count - 1).flatMap((order) =>
    Array.from(
      { length: count },
      (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)],
    )
  );
}
