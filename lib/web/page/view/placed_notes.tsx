/**
 * Draws the notes of the cells that a hint marks. Each note is drawn at the position where the hint
 * would draw a mark for the same candidate.
 */
import type { Size } from "../../../sudoku/mod.ts";
import { digitsIn, type Hint } from "../../game/mod.ts";
import { candidatePoint, cellPoint } from "./geometry.ts";

export interface PlacedNotesProps {
  readonly hint: Hint;
  readonly size: Size;
  /** The notes of each cell, as a bit mask. */
  readonly notes: readonly number[];
}

export function PlacedNotes({ hint: { drawing }, notes, size }: PlacedNotesProps) {
  const { cells, pattern, claims, removals } = drawing;
  const all = new Set([...cells, ...[...pattern, ...claims, ...removals].map(({ cell }) => cell)]);
  return (
    <g class="drawing">
      {[...all].filter((cell) => notes[cell] > 0).map((cell) => {
        const { x, y } = cellPoint(cell, size);
        return (
          <g key={cell}>
            <rect class="paper" x={x - 46} y={y - 46} width="92" height="92" />
            {digitsIn(notes[cell]).map((digit) => {
              const place = candidatePoint(cell, digit, size);
              return <text key={digit} class="faint" x={place.x} y={place.y + 1}>{digit}</text>;
            })}
          </g>
        );
      })}
    </g>
  );
}
