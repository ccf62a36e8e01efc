import { type Candidate, shapeOf, type Size, type Step } from "../../../../sudoku/mod.ts";

/** Names the cells, units and digits of a board in French. */
export class FrenchWords {
  constructor(readonly size: Size) {}

  /** Names a cell, as in "L1C1". */
  cell(cell: number): string {
    return `L${Math.floor(cell / this.size) + 1}C${cell % this.size + 1}`;
  }

  /** Names several cells, as in "L1C1, L1C2 et L2C5". */
  cells(cells: readonly number[], last: "et" | "ou" = "et"): string {
    return list(cells.map((cell) => this.cell(cell)), last);
  }

  /** Names a unit without an article, as in "ligne 1". */
  bare(unit: number): string {
    const kind = ["ligne", "colonne", "bloc"][Math.floor(unit / this.size)];
    return `${kind} ${unit % this.size + 1}`;
  }

  /** Names a unit with its article, as in "la ligne 1". */
  unit(unit: number): string {
    return `${this.#isBox(unit) ? "le" : "la"} ${this.bare(unit)}`;
  }

  /** Names a unit with the preposition "de", as in "de la ligne 1" or "du bloc 1". */
  ofUnit(unit: number): string {
    return `${this.#isBox(unit) ? "du" : "de la"} ${this.bare(unit)}`;
  }

  /** Names several units, as in "la ligne 1 et la ligne 2". */
  units(units: readonly number[]): string {
    return list(units.map((unit) => this.unit(unit)), "et");
  }

  /**
   * Names the row, column or box that contains `cell`. The parameter `like` is a unit that
   * determines whether a row, a column or a box is named.
   */
  unitOfKind(cell: number, like: number): string {
    return this.unit(shapeOf(this.size).unitsOf[cell][Math.floor(like / this.size)]);
  }

  /** Lists digits, as in "1, 2 et 3". */
  digits(digits: readonly number[], last: "et" | "ou" = "et"): string {
    return list(digits.map(String), last);
  }

  /** Names a candidate, as in "le 3 en L1C1". */
  candidate({ cell, digit }: Candidate): string {
    return `le ${digit} en ${this.cell(cell)}`;
  }

  /** Describes the effect of a step, as in "L1C1 vaut 3" or "L1C1 et L1C2 ne valent ni 3 ni 4". */
  effect({ placements, removals }: Step): string {
    const placed = placements.map(({ cell, digit }) => `${this.cell(cell)} vaut ${digit}`);
    const struck = [...cellsByDigits(removals)].map(([digits, cells]) =>
      `${this.cells(cells)} ne ${cells.length === 1 ? "vaut" : "valent"} ${digits}`
    );
    return list([...placed, ...struck], "et");
  }

  #isBox(unit: number): boolean {
    return unit >= 2 * this.size;
  }
}

/**
 * Groups cells by the digits that are removed from them. Each key names these digits, for example
 * "pas 1" or "ni 1 ni 2".
 */
function cellsByDigits(removals: readonly Candidate[]): ReadonlyMap<string, readonly number[]> {
  const cellsByDigits = new Map<string, number[]>();
  for (const [cell, candidates] of Map.groupBy(removals, ({ cell }) => cell)) {
    const digits = candidates.map(({ digit }) => digit).sort();
    const words = digits.length === 1
      ? `pas ${digits[0]}`
      : digits.map((digit) => `ni ${digit}`).join(digits.length > 2 ? ", " : " ");
    cellsByDigits.set(words, [...cellsByDigits.get(words) ?? [], cell]);
  }
  return cellsByDigits;
}

function list(items: readonly string[], last: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items[items.length - 1]}`;
}
