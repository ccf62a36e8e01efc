import { unitName } from "../board/grid.ts";
import { cellName, type Shape, shapeOf, type Size } from "../board/shape.ts";
import type { Step } from "../techniques/step.ts";
import type { Candidate } from "../techniques/step_reason.ts";

/** Puts the cells, units and digits of a board into words. */
export class BoardWords {
  readonly #shape: Shape;

  constructor(size: Size) {
    this.#shape = shapeOf(size);
  }

  /** Names a cell, as in "r1c1". */
  cell(cell: number): string {
    return cellName(this.#shape, cell);
  }

  /** Lists cells, as in "r1c1, r1c2 and r2c5". */
  cells(cells: readonly number[], last = "and"): string {
    return list(cells.map((cell) => this.cell(cell)), last);
  }

  /** Names a unit, as in "row 1". */
  unit(unit: number): string {
    return unitName(this.#shape, unit);
  }

  /**
   * Names the cell's row if the unit `like` is a row, its column if `like` is a column, and its box
   * if `like` is a box.
   */
  unitOfKind(cell: number, like: number): string {
    const kind = Math.floor(like / this.#shape.size);
    return this.unit(this.#shape.unitsOf[cell][kind]);
  }

  /** Lists units, as in "row 1 and row 2". */
  units(units: readonly number[]): string {
    return list(units.map((unit) => this.unit(unit)), "and");
  }

  /** Lists digits, as in "1, 2 and 3". */
  digits(digits: readonly number[], last = "and"): string {
    return list(digits.map(String), last);
  }

  /** Names a candidate, as in "3 in r1c1". */
  candidate({ cell, digit }: Candidate): string {
    return `${digit} in ${this.cell(cell)}`;
  }

  /** Describes the effect of a step, as in "r1c1 is 3" or "r1c1 and r1c2 are not 3". */
  effect({ placements, removals }: Step): string {
    const placed = placements.map(({ cell, digit }) => `${this.cell(cell)} is ${digit}`);
    const struck = [...cellsByDigits(removals)].map(([digits, cells]) =>
      `${this.cells(cells)} ${cells.length === 1 ? "is" : "are"} not ${digits}`
    );
    return list([...placed, ...struck], "and");
  }
}

/**
 * Groups cells by the digits that are removed from them. Each key lists the digits in words, such
 * as "1 or 2".
 */
function cellsByDigits(
  removals: readonly Candidate[],
): ReadonlyMap<string, readonly number[]> {
  const digitsByCell = Map.groupBy(removals, ({ cell }) => cell);
  const cellsByDigits = new Map<string, number[]>();
  for (const [cell, candidates] of digitsByCell) {
    const digits = list(candidates.map(({ digit }) => `${digit}`).sort(), "or");
    cellsByDigits.set(digits, [...cellsByDigits.get(digits) ?? [], cell]);
  }
  return cellsByDigits;
}

function list(items: readonly string[], last: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items[items.length - 1]}`;
}
