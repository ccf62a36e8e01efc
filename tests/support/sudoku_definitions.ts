/**
 * Finds the steps of simple techniques directly from the techniques' textbook definitions. It tries
 * every choice of cells, digits and units, so it is slow. It shares no code with the techniques in
 * lib/, and uses no bit masks.
 */
import type { Board } from "../../lib/sudoku/board/board.ts";
import type { Candidate } from "../../lib/sudoku/techniques/step_reason.ts";

/**
 * A step of a technique. Properties that are the same for all steps of the technique are left out.
 */
export interface DefinedStep {
  readonly cells: readonly number[];
  readonly units: readonly number[];
  readonly removals?: readonly Candidate[];
  readonly placements?: readonly Candidate[];
  readonly digits?: readonly number[];
  /**
   * The properties `rating` and `technique` are set only if they differ between the steps of a
   * technique.
   */
  readonly rating?: number;
  readonly technique?: string;
}

export type Definition = (position: Position) => DefinedStep[];

/** A board, with functions that look up candidates, units, and the places of a digit. */
export class Position {
  readonly size: number;
  readonly units: readonly (readonly number[])[];
  readonly digits: readonly number[];
  readonly #board: Board;
  readonly #candidates: readonly (readonly number[])[];
  readonly #seen: readonly ReadonlySet<number>[];

  constructor(board: Board) {
    this.#board = board;
    this.size = board.shape.size;
    this.units = board.shape.units.map((cells) => [...cells]);
    this.digits = Array.from({ length: this.size }, (_, i) => i + 1);
    this.#candidates = Array.from(
      board.candidates,
      (mask) => this.digits.filter((digit) => mask >> (digit - 1) & 1),
    );
    this.#seen = this.cells.map((cell) =>
      new Set(this.units.filter((cells) => cells.includes(cell)).flat().filter((c) => c !== cell))
    );
  }

  candidates(cell: number): readonly number[] {
    return this.#candidates[cell];
  }

  has(cell: number, digit: number): boolean {
    return this.candidates(cell).includes(digit);
  }

  places(unit: number, digit: number): number[] {
    return this.units[unit].filter((cell) => this.has(cell, digit));
  }

  empty(unit: number): number[] {
    return this.units[unit].filter((cell) => this.#board.values[cell] === 0);
  }

  see(a: number, b: number): boolean {
    return this.#seen[a].has(b);
  }

  /** Returns the kind of a unit: 0 for a row, 1 for a column and 2 for a box. */
  kind(unit: number): number {
    return Math.floor(unit / this.size);
  }

  get all(): number[] {
    return this.units.map((_, unit) => unit);
  }

  get cells(): number[] {
    return this.units.slice(0, this.size).flat();
  }
}

/** The definitions of the techniques, keyed by technique name. */
export const definitions: Readonly<Record<string, Definition>> = {
  "Last in unit": (position) =>
    position.all.flatMap((unit) => {
      const [cell, ...others] = position.empty(unit);
      if (cell === undefined || others.length > 0) return [];
      const digits = position.candidates(cell);
      return digits.length === 1 ? [written(cell, digits[0], [unit])] : [];
    }),
  "Hidden single": (position) =>
    position.all.flatMap((unit) =>
      position.digits.flatMap((digit) => {
        const cells = position.places(unit, digit);
        const kind = position.kind(unit) === 2
          ? { technique: "Hidden single in a box", rating: 1.2 }
          : { technique: "Hidden single in a line", rating: 1.5 };
        return cells.length === 1 ? [{ ...written(cells[0], digit, [unit]), ...kind }] : [];
      })
    ),
  "Naked single": (position) =>
    position.cells.flatMap((cell) => {
      const digits = position.candidates(cell);
      const units = position.all.filter((unit) => position.units[unit].includes(cell));
      return digits.length === 1 ? [written(cell, digits[0], units)] : [];
    }),
  "Pointing": (position) => locked(position, "box"),
  "Claiming": (position) => locked(position, "line"),
  "Direct pointing": (position) => leavingOne(position, locked(position, "box")),
  "Direct claiming": (position) => leavingOne(position, locked(position, "line")),
  "Naked pair": (position) => naked(position, 2),
  "Naked triple": (position) => naked(position, 3),
  "Naked quad": (position) => naked(position, 4),
  "Hidden pair": (position) => hidden(position, 2).flatMap((one) => withoutOthers(position, one)),
  "Hidden triple": (position) => hidden(position, 3).flatMap((one) => withoutOthers(position, one)),
  "Hidden quad": (position) => hidden(position, 4).flatMap((one) => withoutOthers(position, one)),
  "Direct hidden pair": (position) => hidden(position, 2).flatMap((one) => direct(position, one)),
  "Direct hidden triple": (position) => hidden(position, 3).flatMap((one) => direct(position, one)),
  "X-wing": (position) => fish(position, 2),
  "Swordfish": (position) => fish(position, 3),
  "Jellyfish": (position) => fish(position, 4),
  "XY-wing": (position) => wing(position, 2),
  "XYZ-wing": (position) => wing(position, 3),
  "Turbot fish": (position) => strongLinks(position, 2, 40, "Turbot fish"),
  "Three strong links": (position) => strongLinks(position, 3, 54, "Three strong links"),
  "Aligned pair exclusion": (position) => aligned(position, 2),
  "Aligned triple exclusion": (position) => aligned(position, 3),
  // The rating of a WXYZ-wing or VWXYZ-wing depends on the highest number of candidates in any cell
  // of its set. The rating is highest if this cell has three candidates, as in Sukaku Explainer's
  // WXYZWingHint and VWXYZWingHint.
  "WXYZ-wing": (position) => lockedWing(position, 3, { 2: 5.5, 3: 5.6, 4: 5.5 }),
  "VWXYZ-wing": (position) => lockedWing(position, 4, { 2: 6.3, 3: 6.4, 4: 6.3, 5: 6.2 }),
};

/** The techniques for which only the easiest steps are returned. */
export const easiestOnly: readonly string[] = [
  ...["Turbot fish", "Three strong links", "WXYZ-wing", "VWXYZ-wing"],
];

/** Returns the steps of a technique that its definition finds on a board. */
export function stepsByDefinition(technique: string, board: Board): DefinedStep[] {
  const steps = definitions[technique](new Position(board));
  if (!easiestOnly.includes(technique)) return steps;
  const easiest = Math.min(...steps.map(({ rating }) => rating!));
  return steps.filter(({ rating }) => rating === easiest);
}

function written(cell: number, digit: number, units: readonly number[]): DefinedStep {
  return { cells: [cell], units, placements: [{ cell, digit }] };
}

/**
 * Finds digits that are locked in the intersection of two units. The first unit has places for the
 * digit only in the crossing, and the second unit has places for it elsewhere too.
 */
function locked(position: Position, from: "box" | "line"): DefinedStep[] {
  const steps: DefinedStep[] = [];
  for (const unit of position.all) {
    for (const other of position.all) {
      const [isBox, isOtherBox] = [unit, other].map((one) => position.kind(one) === 2);
      if (isBox === isOtherBox || isBox !== (from === "box")) continue;
      for (const digit of position.digits) {
        const cells = position.places(unit, digit);
        if (cells.length < 2) continue;
        if (!cells.every((cell) => position.units[other].includes(cell))) continue;
        const removals = position.places(other, digit)
          .filter((cell) => !cells.includes(cell)).map((cell) => ({ cell, digit }));
        if (removals.length > 0) {
          steps.push({ cells, units: [unit, other], removals, digits: [digit] });
        }
      }
    }
  }
  return steps;
}

/**
 * Keeps a step only if its removals leave the digit just one place in some unit. This
 * unit must be of the same kind as the step's first unit. The step then places the digit there.
 */
function leavingOne(position: Position, steps: readonly DefinedStep[]): DefinedStep[] {
  return steps.flatMap(({ removals, ...step }) => {
    const gone = removals!.map(({ cell }) => cell);
    for (const { cell, digit } of removals!) {
      const parallel = position.all.find((unit) =>
        position.kind(unit) === position.kind(step.units[0]) && position.units[unit].includes(cell)
      )!;
      const left = position.places(parallel, digit).filter((one) => !gone.includes(one));
      if (left.length === 1) return [{ ...step, placements: [{ cell: left[0], digit }] }];
    }
    return [];
  });
}

function naked(position: Position, count: number): DefinedStep[] {
  return position.all.flatMap((unit) => {
    const empty = position.empty(unit);
    const several = empty.filter((cell) => position.candidates(cell).length > 1);
    return choices(several, count).flatMap((cells) => {
      const digits = position.digits.filter((d) => cells.some((cell) => position.has(cell, d)));
      if (digits.length !== count) return [];
      const removals = empty.filter((cell) => !cells.includes(cell)).flatMap((cell) =>
        digits.filter((digit) => position.has(cell, digit)).map((digit) => ({ cell, digit }))
      );
      return removals.length > 0 ? [{ cells, units: [unit], removals, digits }] : [];
    });
  });
}

/**
 * Finds `count` digits that have places in only `count` cells of a unit. Skips units that have no
 * other empty cells.
 */
function hidden(position: Position, count: number) {
  return position.all.flatMap((unit) => {
    if (position.empty(unit).length <= count) return [];
    const open = position.digits.filter((digit) => position.places(unit, digit).length > 1);
    return choices(open, count).flatMap((digits) => {
      const cells = position.units[unit].filter((cell) =>
        digits.some((d) => position.has(cell, d))
      );
      return cells.length === count ? [{ cells, units: [unit], digits }] : [];
    });
  });
}

type Hidden = ReturnType<typeof hidden>[number];

function withoutOthers(position: Position, step: Hidden): DefinedStep[] {
  const removals = step.cells.flatMap((cell) =>
    position.candidates(cell).filter((digit) => !step.digits.includes(digit))
      .map((digit) => ({ cell, digit }))
  );
  return removals.length > 0 ? [{ ...step, removals }] : [];
}

/**
 * Finds the lowest digit outside the hidden subset that had several places in the unit and now has
 * only one place outside the cells of the subset.
 */
function direct(position: Position, step: Hidden): DefinedStep[] {
  for (const digit of position.digits) {
    if (step.digits.includes(digit)) continue;
    const before = position.places(step.units[0], digit);
    const after = before.filter((cell) => !step.cells.includes(cell));
    if (before.length > 1 && after.length === 1) {
      return [{ ...step, placements: [{ cell: after[0], digit }] }];
    }
  }
  return [];
}

function fish(position: Position, count: number): DefinedStep[] {
  return [0, 1].flatMap((kind) => {
    const lines = position.all.filter((unit) => position.kind(unit) === kind);
    const across = position.all.filter((unit) => position.kind(unit) === 1 - kind);
    return position.digits.flatMap((digit) => {
      const several = lines.filter((line) => position.places(line, digit).length > 1);
      return choices(several, count).flatMap((base) => {
        const cells = base.flatMap((line) => position.places(line, digit));
        const cover = across.filter((line) => cells.some((c) => position.units[line].includes(c)));
        if (cover.length !== count) return [];
        const removals = cover.flatMap((line) => position.places(line, digit))
          .filter((cell) => !cells.includes(cell)).map((cell) => ({ cell, digit }));
        if (removals.length === 0) return [];
        return [{ cells, units: [...base, ...cover], removals, digits: [digit] }];
      });
    });
  });
}

function wing(position: Position, pivotSize: number): DefinedStep[] {
  const cells = position.cells;
  return cells.filter((cell) => position.candidates(cell).length === pivotSize).flatMap((pivot) => {
    const near = cells.filter((cell) =>
      position.see(pivot, cell) && position.candidates(cell).length === 2
    );
    return choices(near, 2).flatMap(([a, b]) => {
      const shared = position.candidates(a).filter((digit) => position.has(b, digit));
      if (shared.length !== 1) return [];
      const [digit] = shared;
      // The pivot has the two digits that only one of the pincers has. In an XYZ-wing, the pivot
      // also has the digit that both pincers have.
      const own = [a, b].flatMap((cell) => position.candidates(cell)).filter((d) => d !== digit);
      const wanted = pivotSize === 2 ? own : [...own, digit];
      if (!wanted.every((d) => position.has(pivot, d))) return [];
      const ends = pivotSize === 2 ? [a, b] : [pivot, a, b];
      const removals = cells.filter((cell) =>
        position.has(cell, digit) && ends.every((end) => position.see(cell, end))
      ).map((cell) => ({ cell, digit }));
      if (removals.length === 0) return [];
      return [{ cells: [pivot, a, b], units: [], removals, digits: [digit] }];
    });
  });
}

/**
 * Finds `count` cells of a unit that have `count` + 1 different candidates in total. Also finds a
 * partner cell that has exactly two candidates, both of which are among these candidates.
 */
function lockedWing(
  position: Position,
  count: number,
  ratings: Readonly<Record<number, number>>,
): DefinedStep[] {
  const pairs = position.cells.filter((cell) => position.candidates(cell).length === 2);
  return position.all.flatMap((unit) => {
    const several = position.empty(unit).filter((cell) => position.candidates(cell).length > 1);
    return choices(several, count).flatMap((set) => {
      const digits = position.digits.filter((d) => set.some((cell) => position.has(cell, d)));
      if (digits.length !== count + 1) return [];
      const rating = ratings[Math.max(...set.map((cell) => position.candidates(cell).length))];
      return pairs.filter((cell) => !set.includes(cell)).flatMap((partner) => {
        const shared = position.candidates(partner);
        if (!shared.every((digit) => digits.includes(digit))) return [];
        const holders = (digit: number) => set.filter((cell) => position.has(cell, digit));
        const linked = shared.filter((digit) =>
          holders(digit).every((cell) => position.see(cell, partner))
        );
        if (linked.length === 0) return [];
        // A linked digit cannot be in both the set and the partner. If only one of the partner's
        // two digits is linked, then the partner's other digit must be in the set or in the
        // partner. If both are linked, then every digit of the set must be in the set or the
        // partner.
        const lockedDigits = linked.length === 2
          ? digits
          : shared.filter((digit) => !linked.includes(digit));
        const removals = lockedDigits.flatMap((digit) => {
          const places = shared.includes(digit) ? [...holders(digit), partner] : holders(digit);
          return position.cells.filter((cell) =>
            !set.includes(cell) && position.has(cell, digit) &&
            places.every((place) => position.see(cell, place))
          ).map((cell) => ({ cell, digit }));
        });
        if (removals.length === 0) return [];
        return [{ cells: [...set, partner], units: [unit], removals, digits, rating }];
      });
    });
  });
}

/**
 * A unit in which the places of a digit form two groups. Each group also lies within a second unit.
 */
interface Link {
  readonly unit: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Finds the steps that follow from chains of `count` links. Each link ends in a unit in which the
 * next link starts.
 */
function strongLinks(
  position: Position,
  count: number,
  tenths: number,
  technique: string,
): DefinedStep[] {
  const share = (...groups: readonly (readonly number[])[]) =>
    position.units.some((cells) => groups.flat().every((cell) => cells.includes(cell)));
  return position.digits.flatMap((digit) => {
    const links = linksOf(position, digit);
    const holders = position.cells.filter((cell) => position.has(cell, digit));
    let chains: Link[][] = links.map((link) => [link]);
    for (let length = 1; length < count; length++) {
      chains = chains.flatMap((chain) =>
        links.filter((next) =>
          share(chain.at(-1)!.to, next.from) &&
          chain.every(({ from, to }) =>
            [...from, ...to].every((cell) => ![...next.from, ...next.to].includes(cell))
          )
        ).map((next) => [...chain, next])
      );
    }
    return chains.flatMap((chain) => {
      const isRing = share(chain[0].from, chain.at(-1)!.to);
      // In a ring, the end of a link and the start of the next link together contain the digit
      // exactly once.
      const pairs = [[...chain[0].from, ...chain.at(-1)!.to]];
      if (isRing) chain.slice(1).forEach(({ from }, i) => pairs.push([...chain[i].to, ...from]));
      const cells = chain.flatMap(({ from, to }) => [...from, ...to].sort((a, b) => a - b));
      const removals = holders.filter((cell) =>
        !cells.includes(cell) && pairs.some((ends) => ends.every((end) => position.see(cell, end)))
      ).map((cell) => ({ cell, digit }));
      if (removals.length === 0) return [];
      const kinds = new Set(chain.map(({ unit }) => position.kind(unit)));
      const isGrouped = chain.some(({ from, to }) => from.length + to.length > 2);
      const mixed = (kinds.has(2) ? 1 : 0) + (kinds.has(0) && kinds.has(1) ? 1 : 0);
      const isPlain = count === 2 && !isRing && !kinds.has(2);
      const name = kinds.size === 1 ? "Skyscraper" : "Two-string kite";
      return [{
        ...{ cells, units: chain.map(({ unit }) => unit), removals, digits: [digit] },
        rating: (tenths + (isGrouped ? 3 : mixed)) / 10,
        technique: isPlain ? name : technique,
      }];
    });
  });
}

function linksOf(position: Position, digit: number): Link[] {
  return position.all.flatMap((unit) => {
    const places = position.places(unit, digit);
    const isOnward = (group: readonly number[]) =>
      position.units.some((cells, other) =>
        other !== unit && group.every((cell) => cells.includes(cell))
      );
    return places.flatMap((_, size) => size === 0 ? [] : choices(places, size)).flatMap((from) => {
      const to = places.filter((cell) => !from.includes(cell));
      return isOnward(from) && isOnward(to) ? [{ unit, from, to }] : [];
    });
  });
}

/**
 * Goes through all ways to fill `count` cells. A way is possible only if each cell that sees all
 * `count` cells still has a candidate afterwards. Removes the candidates that occur in no possible
 * way.
 */
function aligned(position: Position, count: number): DefinedStep[] {
  const isFew = (cell: number) =>
    position.candidates(cell).length >= 2 && position.candidates(cell).length <= count;
  const open = position.cells.filter((cell) => position.candidates(cell).length > 1);
  return choices(open, count).flatMap((cells) => {
    const seeing = open.filter((cell) =>
      isFew(cell) && cells.every((one) => position.see(cell, one))
    );
    if (seeing.length < 2) return [];
    const isLinked = cells.some((a) => isFew(a) && cells.some((b) => position.see(a, b)));
    if (count === 3 && !isLinked) return [];
    const ways = fillings(cells.map((cell) => position.candidates(cell))).filter((way) =>
      cells.every((a, i) => cells.every((b, j) => !position.see(a, b) || way[i] !== way[j])) &&
      seeing.every((cell) => position.candidates(cell).some((digit) => !way.includes(digit)))
    );
    const removals = cells.flatMap((cell, i) =>
      position.candidates(cell).filter((digit) => !ways.some((way) => way[i] === digit))
        .map((digit) => ({ cell, digit }))
    );
    // Of the cells that see all `count` cells, at least one must be able to lose all of its
    // candidates.
    const usable = seeing.filter((cell) =>
      position.candidates(cell).every((digit) => cells.some((one) => position.has(one, digit)))
    );
    return removals.length > 0 && usable.length > 0 ? [{ cells, units: [], removals }] : [];
  });
}

/** Returns every way to choose one digit for each cell. */
function fillings(candidates: readonly (readonly number[])[]): number[][] {
  if (candidates.length === 0) return [[]];
  const rest = fillings(candidates.slice(1));
  return candidates[0].flatMap((digit) => rest.map((way) => [digit, ...way]));
}

/** Returns every choice of `count` items. The items of a choice keep their order. */
export function choices<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) =>
    choices(items.slice(i + 1), count - 1).map((rest) => [item, ...rest])
  );
}
