/**
 * An oracle for the lower bands of ratings: which of them a 9x9 puzzle belongs to, by the
 * definitions in the README and by the plainest code that does it. It shares no line with
 * lib/sudoku: candidates are strings of digits, units are lists of cells.
 *
 * A band is the first one whose techniques, used until none of them helps any more, fill the grid.
 * No order has to be kept: whatever is taken first, what the others need stays there.
 */

/** The bands, easiest first, and what is beyond them. */
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

/** The candidates of each cell; "" where a digit stands. */
type Notes = string[];

/** Helps if it can, and says whether it did. */
type Technique = (notes: Notes) => boolean;

/** @param line 81 characters, `.` or `0` where a cell is empty */
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

/** A digit that has one cell left in a unit, the last empty cell of a unit among them. */
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
 * A box has a digit in one line only, or a line in one box only: where that leaves one cell in a
 * unit like the first.
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
 * Two or three digits take as many cells of a unit: where that leaves one cell of it for another
 * digit.
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
 * Two or three cells of a unit have as many candidates between them, which no other cell of it can
 * have.
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
 * Two or three lines have a digit in as many crossing lines only, which therefore have it nowhere
 * else.
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
 * Two rows, or two columns, have a digit in two cells each, and an end of one sees an end of the
 * other, so the digit is in one of the two ends that are left: a skyscraper, the simplest turbot
 * fish.
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

/** To 1.5. */
const easy = [hiddenSingle];
/** To 2.5. */
const medium = [
  ...easy,
  nakedSingle,
  directLocked,
  directHidden(2),
  directHidden(3),
];
/** To 4.0: with X-wing, swordfish and skyscraper. */
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
  /** Cells of the crossing unit that lose the digit. */
  readonly removed: readonly number[];
  /** All units of the kind that the digit is locked in. */
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

/** Takes digits out of cells; false where none of them was there. */
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
