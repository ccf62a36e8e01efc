/**
 * Finds the unique rectangles with the lowest rating, directly from the definition of a unique
 * rectangle. These are types 1, 2 and 4, and the hidden form of type 3 with one helper cell.
 */
import type { Board } from "../../lib/sudoku/board/board.ts";
import type { Candidate } from "../../lib/sudoku/techniques/step_reason.ts";
import { choices, Position } from "./sudoku_definitions.ts";

/** A step that follows from a unique rectangle. */
export interface RectangleStep {
  readonly type: 1 | 2 | 3 | 4;
  readonly cells: readonly number[];
  readonly digits: readonly number[];
  readonly removals: readonly Candidate[];
  readonly units: readonly number[];
  readonly helpers: readonly number[];
}

/** Returns all unique rectangles with the lowest rating. */
export function uniqueRectangles(board: Board): RectangleStep[] {
  const position = new Position(board);
  const { size } = position;
  const pairs = choices(position.digits, 2);
  const lines = choices(position.all.slice(0, size), 2);
  return lines.flatMap(([top, bottom]) =>
    lines.flatMap(([left, right]) => {
      const cells = [top * size + left, top * size + right, bottom * size + left];
      cells.push(bottom * size + right);
      const boxes = new Set(cells.map((cell) => board.shape.unitsOf[cell][2]));
      // The two fillings of the rectangle can be swapped only if the rectangle lies in exactly two
      // boxes.
      if (boxes.size !== 2) return [];
      return pairs.flatMap((digits) => stepsOf(position, cells, digits));
    })
  ).filter(({ removals }) => removals.length > 0);
}

function stepsOf(
  position: Position,
  cells: readonly number[],
  digits: readonly number[],
): RectangleStep[] {
  if (!cells.every((cell) => digits.every((digit) => position.has(cell, digit)))) return [];
  const extra = cells.filter((cell) => position.candidates(cell).length > 2);
  const others = position.digits.filter((digit) =>
    !digits.includes(digit) && extra.some((cell) => position.has(cell, digit))
  );
  if (extra.length === 4 || extra.length > 2 && others.length > 1) return [];
  const step = { cells, digits, units: [], helpers: [] };
  if (extra.length === 1) {
    const removals = digits.map((digit) => ({ cell: extra[0], digit }));
    return [{ ...step, type: 1, removals }];
  }
  const steps: RectangleStep[] = [];
  if (others.length === 1) {
    const [digit] = others;
    const removals = position.cells.filter((cell) =>
      position.has(cell, digit) && extra.every((one) => position.see(one, cell))
    ).map((cell) => ({ cell, digit }));
    steps.push({ ...step, type: 2, removals });
  }
  if (extra.length !== 2) return steps;
  for (const unit of position.all) {
    if (!extra.every((cell) => position.units[unit].includes(cell))) continue;
    for (const digit of digits) {
      if (position.places(unit, digit).length !== 2) continue;
      const [other] = digits.filter((one) => one !== digit);
      const removals = extra.map((cell) => ({ cell, digit: other }));
      steps.push({ ...step, type: 4, removals, units: [unit] });
    }
    const helpers = position.units[unit].filter((cell) =>
      !extra.includes(cell) && digits.some((digit) => position.has(cell, digit))
    );
    if (others.length < 2 || helpers.length !== 1 || position.empty(unit).length < 5) continue;
    const removals = position.candidates(helpers[0]).filter((digit) => !digits.includes(digit))
      .map((digit) => ({ cell: helpers[0], digit }));
    steps.push({ ...step, type: 3, removals, units: [unit], helpers });
  }
  return steps;
}
