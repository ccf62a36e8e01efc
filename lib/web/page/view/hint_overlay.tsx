/**
 * Draws a hint over the board. At first, the drawing shows only where to look. At the end, it shows
 * the step itself.
 */
import type { Size } from "../../../sudoku/mod.ts";
import { type Hint, notesOf } from "../../game/mod.ts";
import type { HintDepth } from "../state/hint_state.ts";
import { arrowPath, cellPoint, unitRectangle } from "./geometry.ts";
import { useApp } from "../state/app.ts";
import { CandidateMark } from "./candidate_mark.tsx";
import { PlacedNotes } from "./placed_notes.tsx";

export interface HintOverlayProps {
  readonly hint: Hint;
  readonly depth: HintDepth;
  readonly size: Size;
}

export function HintOverlay({ hint, depth, size }: HintOverlayProps) {
  const side = size * 100;
  const { position } = useApp().game.value!;
  return (
    <svg class="overlay" viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
      {depth === 3 && <PlacedNotes hint={hint} notes={notesOf(position, size)} size={size} />}
      <HintDrawing hint={hint} depth={depth} size={size} />
    </svg>
  );
}

/**
 * Draws the hint without the notes of the cells. This drawing can be used on any picture of the
 * board.
 */
export function HintDrawing({ hint, depth, size }: HintOverlayProps) {
  const units = depth < 3 ? hint.where.units : hint.drawing.units;
  return (
    <g class="drawing">
      <defs>
        <marker
          id="arrow-head"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="5"
          markerHeight="5"
          orient="auto-start-reverse"
        >
          <path class="arrow-head" d="M0 0 10 5 0 10z" />
        </marker>
      </defs>
      {units.map((unit) => {
        const { x, y, width, height } = unitRectangle(unit, size);
        return (
          <rect key={unit} class="unit" x={x + 3} y={y + 3} width={width - 6} height={height - 6} />
        );
      })}
      {depth === 3 && <Coordinates size={size} />}
      {depth === 3 && <StepDrawing hint={hint} size={size} />}
    </g>
  );
}

function StepDrawing({ hint: { drawing }, size }: Pick<HintOverlayProps, "hint" | "size">) {
  const { cells, pattern, placements, removals, claims, arrows } = drawing;
  const isPlaced = (cell: number) => placements.some((placement) => placement.cell === cell);
  return (
    <>
      {cells.map((cell) => {
        const { x, y } = cellPoint(cell, size);
        return <rect key={cell} class="base" x={x - 45} y={y - 45} width="90" height="90" rx="8" />;
      })}
      {arrows.map((arrow, index) => (
        <path
          key={index}
          class={`arrow ${arrow.kind} chain-${arrow.chain % 3}`}
          d={arrowPath(arrow, size)}
        />
      ))}
      {pattern.filter(({ cell }) => !isPlaced(cell)).map((candidate, index) => (
        <CandidateMark key={index} {...candidate} size={size} kind="on" />
      ))}
      {claims.map((claim, index) => (
        <CandidateMark
          key={index}
          {...claim}
          size={size}
          kind={claim.on ? "on" : "off"}
        />
      ))}
      {removals.map((candidate, index) => (
        <CandidateMark key={index} {...candidate} size={size} kind="struck" />
      ))}
      {placements.map(({ cell, digit }) => {
        const { x, y } = cellPoint(cell, size);
        return (
          <g key={cell}>
            <rect class="paper" x={x - 40} y={y - 40} width="80" height="80" />
            <text class="big" x={x} y={y + 3}>{digit}</text>
          </g>
        );
      })}
    </>
  );
}

/** Draws labels for the rows and columns. The text of the hint uses these labels to name cells. */
function Coordinates({ size }: { readonly size: Size }) {
  const [row, column] = useApp().texts.value.coordinates;
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  // In the corners of cells they cover neither digits nor centre marks.
  return (
    <>
      {numbers.map((n) => (
        <text key={n} class="coordinate" x={n * 100 - 87} y="10">{`${column}${n}`}</text>
      ))}
      {numbers.map((n) => (
        <text key={n} class="coordinate" x="13" y={n * 100 - 10}>{`${row}${n}`}</text>
      ))}
    </>
  );
}
