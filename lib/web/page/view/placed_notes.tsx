/**
 * Draws the notes of a step's cells. Each digit is drawn where the drawing of the step marks it.
 */
import type { Size } from "../../../sudoku/mod.ts";
import { digitsIn, type Hint } from "../../game/mod.ts";
import { candidatePoint, cellPoint } from "./geometry.ts";

export interface PlacedNotesProps {
  readonly hint: Hint;
  readonly size: Size;
  /** The mask of notes of each cell. */
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
