/**
 * Draws a mark for a candidate on the overlay. A candidate that is right has a solid ring, and a
 * candidate that is wrong has a dashed ring. A candidate that the hint removes is also crossed out.
 */
import type { Size } from "../../../sudoku/mod.ts";
import { candidatePoint, RING } from "./geometry.ts";

export interface CandidateMarkProps {
  readonly cell: number;
  readonly digit: number;
  readonly size: Size;
  readonly kind: "on" | "off" | "struck";
}

export function CandidateMark({ cell, digit, size, kind }: CandidateMarkProps) {
  const { x, y } = candidatePoint(cell, digit, size);
  const reach = RING * 0.75;
  return (
    <g>
      <circle class={kind === "on" ? "on" : "off"} cx={x} cy={y} r={RING} />
      <text x={x} y={y + 1}>{digit}</text>
      {kind === "struck" && (
        <path class="strike" d={`M${x - reach} ${y + reach}L${x + reach} ${y - reach}`} />
      )}
    </g>
  );
}
