/** Finds loops of cells that could be filled with the same two digits in two ways. */
import { bitCount } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";

/** A loop, with its cells in order and the mask of its two digits. */
export interface Loop {
  readonly cells: readonly number[];
  readonly pair: number;
}

/**
 * Returns each loop once. Normally, at most two cells of a loop may have other candidates. If these
 * candidates are all the same digit, any number of cells may have it.
 */
export function findLoops(board: Board): readonly Loop[] {
  const loops = new Map<string, Loop>();
  const { candidates, shape } = board;
  for (let start = 0; start < shape.cellCount; start++) {
    if (bitCount[candidates[start]] !== 2) continue;
    const pair = candidates[start];
    walk(
      board,
      pair,
      { cells: [start], lastKind: -1, others: 0, spare: 2 },
      (cells) => {
        if (!isDeadly(board, cells)) return;
        const key = `${pair}:${[...cells].sort((a, b) => a - b)}`;
        if (!loops.has(key)) loops.set(key, { cells: [...cells], pair });
      },
    );
  }
  return [...loops.values()];
}

interface Walk {
  readonly cells: number[];
  /**
   * The kind of unit (row, column or box) in which the walk last went from one cell to the next.
   * The next unit must be of a different kind.
   */
  readonly lastKind: number;
  /** The mask of the other candidates found in the cells so far. */
  readonly others: number;
  /** How many more cells with other candidates are allowed. */
  readonly spare: number;
}

function walk(
  board: Board,
  pair: number,
  { cells, lastKind, others, spare }: Walk,
  report: (cells: readonly number[]) => void,
): void {
  const { candidates, shape } = board;
  const cell = cells[cells.length - 1];
  for (let kind = 0; kind < 3; kind++) {
    if (kind === lastKind) continue;
    for (const next of shape.units[shape.unitsOf[cell][kind]]) {
      if (next === cells[0] && cells.length >= 4) report(cells);
      if ((candidates[next] & pair) !== pair || cells.includes(next)) continue;
      const more = others | (candidates[next] & ~pair);
      const isExtra = candidates[next] !== pair;
      if (isExtra && bitCount[more] !== 1 && spare <= 0) continue;
      cells.push(next);
      const left = isExtra ? spare - 1 : spare;
      walk(
        board,
        pair,
        { cells, lastKind: kind, others: more, spare: left },
        report,
      );
      cells.pop();
    }
  }
}

/**
 * Colours the cells of the loop alternately in two colours. Returns whether each unit that the loop
 * touches contains exactly one cell of each colour. Only then can the two digits be swapped.
 */
function isDeadly({ shape }: Board, cells: readonly number[]): boolean {
  if (cells.length % 2 !== 0) return false;
  const colours = [new Set<number>(), new Set<number>()];
  for (let index = 0; index < cells.length; index++) {
    for (const unit of shape.unitsOf[cells[index]]) {
      if (colours[index % 2].has(unit)) return false;
      colours[index % 2].add(unit);
    }
  }
  return [...colours[0]].every((unit) => colours[1].has(unit)) &&
    colours[0].size === colours[1].size;
}
