/**
 * Finds the level of a 9x9 puzzle according to the README's definitions, with the simplest possible
 * code. Tests check the easier levels against this code, which shares no code with lib/sudoku. The
 * candidates of a cell are a string of digits, and a unit is a list of cells.
 *
 * A puzzle's level is the easiest level whose techniques, applied until none of them helps, fill
 * the grid. The order of the techniques doesn't matter, because a step never removes what another
 * step needs.
 */

/**
 * The levels, with the easiest level first. The name "harder" stands for all levels above "hard".
 */
export type PlainBand = "easy" | "medium" | "hard" | "harder";

const DIGITS = [..."123456789"];
const range = [...Array(9).keys()];
const rows = range.map((r) => range.map((c) => 9 * r + c));
const columns = range.map((c) => range.map((r) => 9 * r + c));
const boxes = range.map((b) =>
  range.map((i) => 9 * (3 * Math.floor(b / 3) + Math.floor(i / 3)) + 3 * (b % 3) + i % 3)
);
const kinds = [rows, columns, boxes];
const units = kinds.flat();

const range81 = [...Array(81).keys()];

/** The candidates of each cell, or "" if the cell contains a digit. */
type Notes = string[];

/** Makes progress if possible, and returns whether it did. */
type Technique = (notes: Notes) => boolean;

/**
 * Returns the level of a puzzle.
 *
 * @param line 81 characters; `.` or `0` stands for an empty cell
 */
export function plainBand(line: string): PlainBand {
  const bands = [["easy", easy], ["medium", medium], ["hard", hard]] as const;
  const notes: Notes = Array(81).fill("123456789");
  [...line].forEach((digit, cell) => {
    if (DIGITS.includes(digit)) place(notes, cell, digit);
  });
  for (const [name, techniques] of bands) {
    while (techniques.some((technique) => technique(notes)));
    if (notes.every((candidates) => candidates === "")) return name;
  }
  return "harder";
}

/**
 * Places a digit that has only one cell left in a unit. An example is the last empty cell of a
 * unit.
 */
const hiddenSingle: Technique = (notes) => {
  for (const unit of units) {
    for (const digit of DIGITS) {
      const cells = placesOf(notes, unit, digit);
      if (cells.length === 1) return place(notes, cells[0], digit);
    }
  }
  return false;
};

const nakedSingle: Technique = (notes) => {
  const cell = notes.findIndex(({ length }) => length === 1);
  return cell >= 0 && place(notes, cell, notes[cell]);
};

/**
 * Finds a digit that is locked in the intersection of a box and a line: either the box or the line
 * has no place for the digit outside the intersection. The digit is then removed from the rest of
 * the other unit. The digit is locked in a row, a column or a box; if another unit of this kind
 * then has only one place left for the digit, the digit is placed there.
 */
const directLocked: Technique = (notes) => {
  for (const { digit, removed, kind } of lockedCandidates(notes)) {
    for (const unit of kind) {
      if (!unit.some((cell) => removed.includes(cell))) continue;
      const left = placesOf(notes, unit, digit)
        .filter((cell) => !removed.includes(cell));
      if (left.length === 1) return place(notes, left[0], digit);
    }
  }
  return false;
};

/**
 * Finds `size` digits that fit in only `size` cells of a unit. These cells cannot contain any other
 * digit. If some other digit then has only one possible cell left in the unit, that digit is placed
 * there.
 */
const directHidden = (size: number): Technique => (notes) => {
  for (const { unit, cells, digits } of hiddenSubsets(notes, size)) {
    for (const digit of DIGITS.filter((each) => !digits.includes(each))) {
      const left = placesOf(notes, unit, digit)
        .filter((cell) => !cells.includes(cell));
      if (left.length === 1) return place(notes, left[0], digit);
    }
  }
  return false;
};

const locked: Technique = (notes) =>
  lockedCandidates(notes).some(({ digit, removed }) => strike(notes, removed, digit));

const hidden = (size: number): Technique => (notes) =>
  hiddenSubsets(notes, size).some(({ cells, digits }) =>
    strike(
      notes,
      cells,
      DIGITS.filter((each) => !digits.includes(each)).join(""),
    )
  );

/**
 * Finds `size` cells of a unit that have only `size` different candidates in total. Removes these
 * candidates from the unit's other cells.
 */
const naked = (size: number): Technique => (notes) =>
  units.some((unit) => {
    const empty = unit.filter((cell) => notes[cell].length > 0);
    return choose(empty, size).some((cells) => {
      const union = unionOf(cells.map((cell) => notes[cell]));
      const others = empty.filter((cell) => !cells.includes(cell));
      return union.length === size && strike(notes, others, union);
    });
  });

/**
 * Finds `size` parallel lines in which all places for a digit lie in only `size` crossing lines.
 * Removes the digit from the other cells of the crossing lines.
 */
const fish = (size: number): Technique => (notes) =>
  [[rows, columns], [columns, rows]].some(([bases, covers]) =>
    DIGITS.some((digit) => {
      const open = bases.filter((line) => placesOf(notes, line, digit).length);
      return choose(open, size).some((chosen) => {
        const cells = chosen.flatMap((line) => placesOf(notes, line, digit));
        const crossed = covers.filter((line) => line.some((cell) => cells.includes(cell)));
        const others = crossed.flat().filter((cell) => !cells.includes(cell));
        return crossed.length === size && strike(notes, others, digit);
      });
    })
  );

/**
 * Finds two parallel lines that each have exactly two places for a digit. If a place in one line
 * sees a place in the other line, then at least one of the two remaining places contains the digit.
 * Cells that see both remaining places lose the digit (a skyscraper, the simplest turbot fish).
 */
const skyscraper: Technique = (notes) =>
  [rows, columns].some((lines) =>
    DIGITS.some((digit) => {
      const links = lines.map((line) => placesOf(notes, line, digit))
        .filter(({ length }) => length === 2);
      return choose(links, 2).some(([[a, b], [c, d]]) =>
        [[a, b, c, d], [a, b, d, c], [b, a, c, d], [b, a, d, c]].some(
          ([one, near, alsoNear, other]) => {
            const seen = range81.filter((cell) => sees(cell, one) && sees(cell, other));
            return sees(near, alsoNear) && strike(notes, seen, digit);
          },
        )
      );
    })
  );

/** The techniques with a rating of at most 1.5. */
const easy = [hiddenSingle];
/** The techniques with a rating of at most 2.5. */
const medium = [
  ...easy,
  nakedSingle,
  directLocked,
  directHidden(2),
  directHidden(3),
];
/** The techniques with a rating of at most 4.0, including X-wing, swordfish and skyscraper. */
const hard = [
  ...medium,
  locked,
  naked(2),
  naked(3),
  hidden(2),
  hidden(3),
  fish(2),
  fish(3),
  skyscraper,
];

interface Locked {
  readonly digit: string;
  /**
   * The cells from which the digit is removed. They are in the unit that crosses the unit in which
   * the digit is locked.
   */
  readonly removed: readonly number[];
  /** All units of the same kind (row, column or box) as the unit in which the digit is locked. */
  readonly kind: readonly (readonly number[])[];
}

function lockedCandidates(notes: Notes): Locked[] {
  const lines = [rows, columns];
  const pairs = lines.flatMap((kind) => [[boxes, kind], [kind, boxes]]);
  return pairs.flatMap(([kind, crossing]) =>
    kind.flatMap((unit) =>
      DIGITS.flatMap((digit) => {
        const cells = placesOf(notes, unit, digit);
        const other = crossing.find((line) => cells.every((cell) => line.includes(cell)));
        if (cells.length < 2 || !other) return [];
        const removed = placesOf(notes, other, digit)
          .filter((cell) => !unit.includes(cell));
        return [{ digit, removed, kind }];
      })
    )
  );
}

interface Subset {
  readonly unit: readonly number[];
  readonly cells: readonly number[];
  readonly digits: readonly string[];
}

function hiddenSubsets(notes: Notes, size: number): Subset[] {
  return units.flatMap((unit) => {
    const open = DIGITS.filter((digit) => placesOf(notes, unit, digit).length);
    return choose(open, size).flatMap((digits) => {
      const cells = unit.filter((cell) => digits.some((digit) => notes[cell].includes(digit)));
      return cells.length === size ? [{ unit, cells, digits }] : [];
    });
  });
}

function placesOf(
  notes: Notes,
  unit: readonly number[],
  digit: string,
): number[] {
  return unit.filter((cell) => notes[cell].includes(digit));
}

function sees(cell: number, other: number): boolean {
  return cell !== other &&
    units.some((unit) => unit.includes(cell) && unit.includes(other));
}

function place(notes: Notes, cell: number, digit: string): true {
  const peers = units.filter((unit) => unit.includes(cell)).flat();
  strike(notes, peers, digit);
  notes[cell] = "";
  return true;
}

/** Removes digits from cells. Returns whether any digits were removed. */
function strike(
  notes: Notes,
  cells: readonly number[],
  digits: string,
): boolean {
  let struck = false;
  for (const cell of cells) {
    const left = [...notes[cell]].filter((digit) => !digits.includes(digit));
    struck ||= left.length < notes[cell].length;
    notes[cell] = left.join("");
  }
  return struck;
}

function unionOf(texts: readonly string[]): string {
  return [...new Set(texts.join(""))].join("");
}

function choose<T>(from: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return from.flatMap((first, i) =>
    choose(from.slice(i + 1), size - 1).map((rest) => [first, ...rest])
  );
}
