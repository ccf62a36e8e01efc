/**
 * Finds basic fish. If a digit fits in n parallel lines only where they cross n other lines, then
 * the digit cannot be anywhere else in those other lines. A fish of two parallel lines is called an
 * X-wing. A fish of three is called a swordfish, and a fish of four is called a jellyfish.
 */
import { bitCount, bitsOf, masksOfSize } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step, Technique } from "./step.ts";
import type { Candidate } from "./step_reason.ts";

/**
 * Finds X-wings: two parallel lines in which a digit fits only where two other lines cross them.
 */
export const xWing: Technique = fish({
  name: "X-wing",
  rating: 3.2,
  lines: 2,
});

/**
 * Finds swordfish: three parallel lines in which a digit fits only where three other lines cross
 * them.
 */
export const swordfish: Technique = fish({
  name: "Swordfish",
  rating: 3.8,
  lines: 3,
});

/**
 * Finds jellyfish: four parallel lines in which a digit fits only where four other lines cross
 * them.
 */
export const jellyfish: Technique = fish({
  name: "Jellyfish",
  rating: 5.2,
  lines: 4,
});

interface Variant {
  readonly name: string;
  readonly rating: number;
  readonly lines: number;
}

function fish(variant: Variant): Technique {
  const { name, rating } = variant;
  return { name, rating, steps: (board) => fishSteps(board, variant) };
}

/**
 * Yields a step for every fish that removes a candidate. Fish whose parallel lines are columns come
 * first.
 */
function* fishSteps(board: Board, variant: Variant): Generator<Step> {
  const { size } = board.shape;
  for (const base of [size, 0]) {
    for (let digit = 1; digit <= size; digit++) {
      const eligible = eligibleLines(board, base, digit, variant.lines);
      if (bitCount[eligible] < variant.lines) continue;
      for (const lines of masksOfSize[variant.lines]) {
        if (lines & ~eligible) continue;
        let cover = 0;
        for (const line of bitsOf[lines]) {
          cover |= board.placesOf(base + line, digit);
        }
        if (bitCount[cover] !== variant.lines) continue;
        const step = fishStep(board, { digit, base, lines, cover }, variant);
        if (step) yield step;
      }
    }
  }
}

/**
 * Returns the lines that have at least two and at most `count` places for the digit, as a bit mask.
 */
function eligibleLines(
  board: Board,
  base: number,
  digit: number,
  count: number,
): number {
  let eligible = 0;
  for (let line = 0; line < board.shape.size; line++) {
    const places = bitCount[board.placesOf(base + line, digit)];
    if (places >= 2 && places <= count) eligible |= 1 << line;
  }
  return eligible;
}

interface Fish {
  readonly digit: number;
  /**
   * The number of the first row if the parallel lines are rows, or of the first column if they are
   * columns.
   */
  readonly base: number;
  readonly lines: number;
  readonly cover: number;
}

function fishStep(
  board: Board,
  fish: Fish,
  { name, rating }: Variant,
): Step | undefined {
  const { digit, base, lines, cover } = fish;
  const other = base === 0 ? board.shape.size : 0;
  const removals: Candidate[] = [];
  for (const line of bitsOf[cover]) {
    const outside = board.placesOf(other + line, digit) & ~lines;
    for (const cell of board.cellsAt(other + line, outside)) {
      removals.push({ cell, digit });
    }
  }
  if (removals.length === 0) return undefined;
  const baseUnits = Array.from(bitsOf[lines], (line) => base + line);
  const coverUnits = Array.from(bitsOf[cover], (line) => other + line);
  return {
    technique: name,
    rating,
    placements: [],
    removals,
    cells: baseUnits.flatMap((unit) => board.cellsAt(unit, board.placesOf(unit, digit))),
    units: [...baseUnits, ...coverUnits],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "fish", digit, base: baseUnits, cover: coverUnits },
  };
}
