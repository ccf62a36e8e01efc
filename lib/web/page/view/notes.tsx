/** Shows the notes of a cell: each corner mark at its own position, and centre marks in a row. */
import { digitsIn } from "../../game/mod.ts";

export interface NotesProps {
  readonly kind: "corner" | "centre";
  readonly digits: number;
  readonly lit: number;
  readonly clashing: number;
}

export function Notes({ kind, digits, lit, clashing }: NotesProps) {
  if (digits === 0) return null;
  return (
    <span class={`notes ${kind}`} data-count={digitsIn(digits).length}>
      {digitsIn(digits).map((digit) => (
        <span key={digit} class={noteNames(digit, lit, clashing)} data-place={digit}>{digit}</span>
      ))}
    </span>
  );
}

function noteNames(digit: number, lit: number, clashing: number): string {
  const names = ["note"];
  if (digit === lit) names.push("lit");
  if (clashing >> digit - 1 & 1) names.push("clash");
  return names.join(" ");
}
