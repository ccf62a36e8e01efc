/**
 * Basic fish: in as many lines as crossing lines that hold all their places for a digit, so the crossing lines have it
 * there and nowhere else. Two lines make an X-wing, three a swordfish, four a jellyfish.
 */
import { bitCount, bitsOf, masksOfSize } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Candidate, Step } from "./step.ts";

/** What tells these techniques apart. */
export interface FishOptions {
  readonly technique: string;
  readonly rating: number;
  /** How many lines. */
  readonly size: number;
}

/** Every fish of a size that strikes a candidate; columns are tried as base before rows. */
export function* fishSteps(
  board: Board,
  options: FishOptions,
): Generator<Step> {
  const { size } = board.shape;
  for (const base of [size, 0]) {
    for (let digit = 1; digit <= size; digit++) {
      const eligible = eligibleLines(board, base, digit, options.size);
      if (bitCount[eligible] < options.size) continue;
      for (const lines of masksOfSize[options.size]) {
        if (lines & ~eligible) continue;
        let cover = 0;
        for (const line of bitsOf[lines]) {
          cover |= board.placesOf(base + line, digit);
        }
        if (bitCount[cover] !== options.size) continue;
        const step = fishStep(board, { digit, base, lines, cover }, options);
        if (step) yield step;
      }
    }
  }
}

/** Lines with at least two and at most `count` places for the digit. */
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
  /** First unit of the base's kind. */
  readonly base: number;
  readonly lines: number;
  readonly cover: number;
}

function fishStep(
  board: Board,
  fish: Fish,
  { technique, rating }: FishOptions,
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
    technique,
    rating,
    placements: [],
    removals,
    cells: baseUnits.flatMap((unit) =>
      board.cellsAt(unit, board.placesOf(unit, digit))
    ),
    units: [...baseUnits, ...coverUnits],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "fish", digit, base: baseUnits, cover: coverUnits },
  };
}
