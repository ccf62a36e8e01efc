/**
 * Solves Sudokus by a method that the tested solvers do not use. A Sudoku is treated as an exact
 * cover problem, which is solved by Knuth's Algorithm X with dancing links ("Dancing Links", 2000).
 *
 * Each row of the matrix stands for a digit in a cell. The row has four entries. One entry is in
 * the column for the cell. The other three are in the matrix columns that stand for the digit in
 * the cell's row, for the digit in the cell's column and for the digit in the cell's box.
 */

/** A Sudoku board. The digits are listed row by row, and 0 stands for an empty cell. */
export interface Board {
  readonly size: number;
  readonly boxHeight: number;
  readonly boxWidth: number;
  readonly values: ArrayLike<number>;
}

/** Returns at most `limit` solutions of the board. */
export function solveExactCover(board: Board, limit: number): Uint8Array[] {
  const links = new Links(board);
  const solutions: Uint8Array[] = [];
  if (links.coverGivens(board)) links.search(solutions, limit);
  return solutions;
}

/**
 * The matrix of the exact cover problem, as linked nodes. Node 0 is the root. The next nodes are
 * the heads of the columns, and all later nodes are the entries of the matrix.
 */
class Links {
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #up: number[] = [];
  readonly #down: number[] = [];
  readonly #column: number[] = [];
  readonly #rowOfNode: number[] = [];
  readonly #length: number[] = [];
  readonly #covered = new Set<number>();
  readonly #chosen: number[] = [];

  constructor(readonly board: Board) {
    const columns = 4 * board.size ** 2;
    for (let node = 0; node <= columns; node++) {
      this.#left.push(node === 0 ? columns : node - 1);
      this.#right.push(node === columns ? 0 : node + 1);
      this.#addNode(node, node, -1);
      this.#length.push(0);
    }
    for (let row = 0; row < board.size ** 3; row++) this.#addRow(row);
  }

  coverGivens({ values, size }: Board): boolean {
    for (let cell = 0; cell < values.length; cell++) {
      if (values[cell] === 0) continue;
      const row = cell * size + values[cell] - 1;
      for (const column of this.#columnsOf(row)) {
        if (this.#covered.has(column)) return false;
        this.#covered.add(column);
        this.#cover(column);
      }
      this.#chosen.push(row);
    }
    return true;
  }

  search(solutions: Uint8Array[], limit: number): void {
    if (this.#right[0] === 0) {
      solutions.push(this.#solution());
      return;
    }
    let column = this.#right[0];
    for (let at = column; at !== 0; at = this.#right[at]) {
      if (this.#length[at] < this.#length[column]) column = at;
    }
    this.#cover(column);
    for (let node = this.#down[column]; node !== column;) {
      this.#chosen.push(this.#rowOfNode[node]);
      for (let other = this.#right[node]; other !== node;) {
        this.#cover(this.#column[other]);
        other = this.#right[other];
      }
      this.search(solutions, limit);
      for (let other = this.#left[node]; other !== node;) {
        this.#uncover(this.#column[other]);
        other = this.#left[other];
      }
      this.#chosen.pop();
      if (solutions.length >= limit) break;
      node = this.#down[node];
    }
    this.#uncover(column);
  }

  #solution(): Uint8Array {
    const { size } = this.board;
    const values = new Uint8Array(size * size);
    for (const row of this.#chosen) {
      values[Math.floor(row / size)] = row % size + 1;
    }
    return values;
  }

  #columnsOf(row: number): number[] {
    const { size, boxHeight, boxWidth } = this.board;
    const [cell, digit] = [Math.floor(row / size), row % size];
    const [line, column] = [Math.floor(cell / size), cell % size];
    const box = Math.floor(line / boxHeight) * (size / boxWidth) +
      Math.floor(column / boxWidth);
    return [
      cell,
      line * size + digit,
      column * size + digit,
      box * size + digit,
    ]
      .map((index, kind) => 1 + kind * size * size + index);
  }

  #addRow(row: number): void {
    const first = this.#column.length;
    for (const column of this.#columnsOf(row)) {
      const node = this.#column.length;
      this.#left.push(node === first ? first : node - 1);
      this.#right.push(first);
      this.#right[this.#left[node]] = node;
      this.#left[first] = node;
      this.#right[node] = first;
      this.#addNode(node, column, row);
      const last = this.#up[column];
      this.#up[node] = last;
      this.#down[last] = node;
      this.#down[node] = column;
      this.#up[column] = node;
      this.#length[column]++;
    }
  }

  #addNode(node: number, column: number, row: number): void {
    this.#up.push(node);
    this.#down.push(node);
    this.#column.push(column);
    this.#rowOfNode.push(row);
  }

  #cover(column: number): void {
    this.#right[this.#left[column]] = this.#right[column];
    this.#left[this.#right[column]] = this.#left[column];
    for (let row = this.#down[column]; row !== column; row = this.#down[row]) {
      for (let at = this.#right[row]; at !== row; at = this.#right[at]) {
        this.#down[this.#up[at]] = this.#down[at];
        this.#up[this.#down[at]] = this.#up[at];
        this.#length[this.#column[at]]--;
      }
    }
  }

  #uncover(column: number): void {
    for (let row = this.#up[column]; row !== column; row = this.#up[row]) {
      for (let at = this.#left[row]; at !== row; at = this.#left[at]) {
        this.#down[this.#up[at]] = at;
        this.#up[this.#down[at]] = at;
        this.#length[this.#column[at]]++;
      }
    }
    this.#right[this.#left[column]] = column;
    this.#left[this.#right[column]] = column;
  }
}
