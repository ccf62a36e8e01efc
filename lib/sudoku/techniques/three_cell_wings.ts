/**
 * Finds XY-wings and XYZ-wings. A wing consists of a cell called the pivot and two cells called the
 * pincers. The pivot sees both pincers. The three cells have the candidates x, y and z between
 * them. Whatever digit the pivot holds, one of the cells that have the candidate z must hold z.
 * Therefore, if a cell outside the wing sees every cell of the wing that has the candidate z, then
 * z can be removed from the outside cell.
 */
import { bitCount, lowestBit } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step, Technique } from "./step.ts";

/**
 * Finds XY-wings. The pivot has the candidates x and y, one pincer has x and z, and the other
 * pincer has y and z. One of the two pincers must hold z.
 */
export const xyWing: Technique = threeCellWing({
  name: "XY-wing",
  rating: 4.2,
  pivotSize: 2,
});

/**
 * Finds XYZ-wings. The pivot has the candidates x, y and z, one pincer has x and z, and the other
 * pincer has y and z. One of the three cells must hold z.
 */
export const xyzWing: Technique = threeCellWing({
  name: "XYZ-wing",
  rating: 4.4,
  pivotSize: 3,
});

interface Variant {
  readonly name: string;
  readonly rating: number;
  /**
   * The number of candidates of the pivot. The number is 3 if the pivot can hold z, and 2
   * otherwise.
   */
  readonly pivotSize: 2 | 3;
}

function threeCellWing(variant: Variant): Technique {
  const { name, rating } = variant;
  return { name, rating, steps: (board) => wingSteps(board, variant) };
}

function* wingSteps(board: Board, variant: Variant): Generator<Step> {
  const { shape, candidates } = board;
  for (let pivot = 0; pivot < shape.cellCount; pivot++) {
    if (bitCount[candidates[pivot]] !== variant.pivotSize) continue;
    const pincers = Array.from(shape.peers[pivot]).filter((cell) =>
      bitCount[candidates[cell]] === 2 &&
      bitCount[candidates[pivot] & ~candidates[cell]] === 1
    );
    for (let first = 0; first < pincers.length; first++) {
      for (let second = first + 1; second < pincers.length; second++) {
        const wing = {
          pivot,
          pincers: [pincers[first], pincers[second]],
        } as const;
        const step = wingStep(board, wing, variant);
        if (step) yield step;
      }
    }
  }
}

interface Wing {
  readonly pivot: number;
  readonly pincers: readonly [number, number];
}

function wingStep(
  board: Board,
  { pivot, pincers }: Wing,
  { name, rating, pivotSize }: Variant,
): Step | undefined {
  const { candidates, shape, sees } = board;
  const [first, second] = pincers;
  const shared = candidates[first] & candidates[second];
  const all = candidates[pivot] | candidates[first] | candidates[second];
  if (bitCount[all] !== 3 || bitCount[shared] !== 1) return undefined;
  // In an XY-wing, the pivot does not have the candidate z.
  if (pivotSize === 2 && (shared & candidates[pivot])) return undefined;
  const digit = lowestBit(shared) + 1;
  const removals = Array.from(shape.peers[first]).filter((cell) =>
    (candidates[cell] & shared) && cell !== pivot &&
    sees[second * shape.cellCount + cell] === 1 &&
    (pivotSize === 2 || sees[pivot * shape.cellCount + cell] === 1)
  ).map((cell) => ({ cell, digit }));
  if (removals.length === 0) return undefined;
  return {
    technique: name,
    rating,
    placements: [],
    removals,
    cells: [pivot, first, second],
    units: [],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: { kind: "wing", pivot, pincers, digit },
  };
}
