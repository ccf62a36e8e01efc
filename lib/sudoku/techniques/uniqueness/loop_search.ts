/**
 * Finds loops of cells that could be filled alternately with two digits. Swapping the two digits
 * would give a second way to fill the loop.
 */
import { bitCount } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";

/** A loop, with its cells in order and the mask of its two digits. */
export interface Loop {
  readonly cells: readonly number[];
  readonly pair: number;
}

/**
 * Returns each loop once. Normally, at most two cells of a loop may have candidates besides the two
 * digits of the loop. But if these other candidates are all the same digit, then any number of
 * cells may have this digit.
 */
export function findLoops(board: Board): readonly Loop[] {
  const loops = new Map<string, Loop>();
  const unitMasks = board.shape.unitsOf.map((units) =>
    units.reduce((all, unit) => all | 1 << unit, 0)
  );
  board.candidates.forEach((pair, start) => {
    if (bitCount[pair] !== 2) return;
    const report = (cells: readonly number[]) => {
      const key = `${pair}:${cells.toSorted((a, b) => a - b)}`;
      if (!loops.has(key)) loops.set(key, { cells: [...cells], pair });
    };
    walk(
      { board, pair, unitMasks, report },
      { cells: [start], units: unitMasks[start], otherUnits: 0, others: 0, spare: 2 },
    );
  });
  return [...loops.values()];
}

interface Search {
  readonly board: Board;
  readonly pair: number;
  /** For each cell, the mask of the row, the column and the box that contain the cell. */
  readonly unitMasks: readonly number[];
  readonly report: (cells: readonly number[]) => void;
}

/**
 * A walk from cell to cell. The cells of the walk are coloured alternately with two colours. If the
 * walk becomes a loop and the loop is filled with only the two digits, then all cells of the same
 * colour hold the same digit.
 */
interface Walk {
  readonly cells: number[];
  /** The mask of the units that contain a cell of the same colour as the last cell. */
  readonly units: number;
  /** The mask of the units that contain a cell of the other colour. */
  readonly otherUnits: number;
  /** The mask of all candidates in the cells of the walk, except the two digits. */
  readonly others: number;
  /**
   * How many more cells with candidates other than the two digits may be added to the walk. There
   * is no limit as long as these other candidates are all the same digit.
   */
  readonly spare: number;
}

/**
 * Reports every loop that begins with the cells of the given walk. No unit may contain two cells of
 * the same colour. If each unit that the walk touches contains one cell of each colour, then the
 * two digits can be swapped.
 */
function walk(search: Search, { cells, units, otherUnits, others, spare }: Walk): void {
  const { board: { candidates, sees, shape }, pair, unitMasks, report } = search;
  const cell = cells[cells.length - 1];
  if (units === otherUnits && sees[cell * shape.cellCount + cells[0]]) report(cells);
  for (const unit of shape.unitsOf[cell]) {
    for (const next of shape.units[unit]) {
      if ((candidates[next] & pair) !== pair || otherUnits & unitMasks[next]) continue;
      const more = others | (candidates[next] & ~pair);
      const isExtra = candidates[next] !== pair;
      if (isExtra && bitCount[more] !== 1 && spare <= 0) continue;
      cells.push(next);
      walk(search, {
        cells,
        units: otherUnits | unitMasks[next],
        otherUnits: units,
        others: more,
        spare: isExtra ? spare - 1 : spare,
      });
      cells.pop();
    }
  }
}
