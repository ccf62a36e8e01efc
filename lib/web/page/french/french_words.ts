/** Names of cells, units and lists of them in French. */
import { shapeOf, type Size, type Step } from "../../../sudoku/mod.ts";
import type { Candidate } from "../../../sudoku/mod.ts";

/** Articles and prepositions melt into the names of units: "dans la ligne 1", "le bloc 2". */
const kinds = ["la ligne", "la colonne", "le bloc"] as const;

/** Turns numbers into words. */
export class FrenchWords {
  readonly #size: Size;

  constructor(size: Size) {
    this.#size = size;
  }

  /** "l1c1". */
  cell(cell: number): string {
    return `l${Math.floor(cell / this.#size) + 1}c${cell % this.#size + 1}`;
  }

  /** "l1c1, l1c2 et l2c5". */
  cells(cells: readonly number[], last = "et"): string {
    return list(cells.map((cell) => this.cell(cell)), last);
  }

  /** "la ligne 1". */
  unit(unit: number): string {
    return `${kinds[Math.floor(unit / this.#size)]} ${unit % this.#size + 1}`;
  }

  /** "la ligne 1 et la ligne 2". */
  units(units: readonly number[]): string {
    return list(units.map((unit) => this.unit(unit)), "et");
  }

  /** The name of the cell's row, column or box, whichever another unit is. */
  unitOfKind(cell: number, like: number): string {
    const kind = Math.floor(like / this.#size);
    return this.unit(shapeOf(this.#size).unitsOf[cell][kind]);
  }

  /** "1, 2 et 3". */
  digits(digits: readonly number[], last = "et"): string {
    return list(digits.map(String), last);
  }

  /** "3 en l1c1". */
  candidate({ cell, digit }: Candidate): string {
    return `${digit} en ${this.cell(cell)}`;
  }

  /** What a step writes or strikes: "l1c1 est 3", "l1c1 et l1c2 ne sont pas 3". */
  effect({ placements, removals }: Step): string {
    const placed = placements.map(({ cell, digit }) => `${this.cell(cell)} est ${digit}`);
    const struck = [...cellsByDigits(removals)].map(([digits, cells]) =>
      `${this.cells(cells)} ${cells.length === 1 ? "n’est pas" : "ne sont pas"} ${digits}`
    );
    return list([...placed, ...struck], "et");
  }
}

/** By "1 ni 2": the cells from which just these digits are struck. */
function cellsByDigits(removals: readonly Candidate[]): ReadonlyMap<string, readonly number[]> {
  const byCell = Map.groupBy(removals, ({ cell }) => cell);
  const cellsOf = new Map<string, number[]>();
  for (const [cell, candidates] of byCell) {
    const digits = list(candidates.map(({ digit }) => `${digit}`).sort(), "ni");
    cellsOf.set(digits, [...cellsOf.get(digits) ?? [], cell]);
  }
  return cellsOf;
}

function list(items: readonly string[], last: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items[items.length - 1]}`;
}
