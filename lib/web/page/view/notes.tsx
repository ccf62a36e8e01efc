/**
 * Shows the notes of a cell. Corner marks fill the corners first, and centre marks are written side
 * by side.
 *
 * All notes of the same kind in a cell share a single element, as one piece of text. Automatic
 * notes fill half the board at once, and each element costs time on a slow device. Only a note that
 * is highlighted, or that clashes with a digit, has a separate element.
 */
import { digitsIn } from "../../game/mod.ts";

export interface NotesProps {
  readonly kind: "corner" | "centre";
  readonly digits: number;
  readonly lit: number;
  readonly clashing: number;
}

export function Notes({ kind, digits, lit, clashing }: NotesProps) {
  const shown = digitsIn(digits);
  const text = kind === "corner" ? cornerText(shown) : centreText(shown);
  const marked = shown.filter((digit) => digit === lit || isIn(digit, clashing));
  return (
    <span class={`notes ${kind}`} data-count={shown.length}>
      {marked.length === 0 ? text : splitAt(text, marked).map((part, index) => {
        const digit = Number(part);
        // Every second part is a marked digit.
        return index % 2 === 0
          ? part
          : <b key={digit} class={namesOf(digit === lit, isIn(digit, clashing))}>{digit}</b>;
      })}
    </span>
  );
}

function isIn(digit: number, mask: number): boolean {
  return (mask >> digit - 1 & 1) === 1;
}

function splitAt(text: string, digits: readonly number[]): readonly string[] {
  return text.split(new RegExp(`([${digits.join("")}])`));
}

function namesOf(isLit: boolean, isClash: boolean): string {
  return [isLit && "lit", isClash && "clash"].filter(Boolean).join(" ");
}

/**
 * One row has space for six centre marks. If there are more marks, they are split into rows of
 * three.
 */
function centreText(digits: readonly number[]): string {
  const text = digits.join("");
  return digits.length > 6 ? text.match(/.{1,3}/g)!.join("\n") : text;
}

/** The nine positions for corner marks, row by row, in the order in which they are filled. */
const corners = [0, 2, 6, 8, 1, 7, 3, 5, 4];

/**
 * Returns the corner marks as three lines of text. The style sheet aligns their columns at tab
 * stops.
 */
function cornerText(digits: readonly number[]): string {
  const places = corners.slice(0, digits.length).sort((a, b) => a - b);
  const marks = new Map(places.map((place, index) => [place, digits[index]]));
  return [0, 3, 6].map((row) => [0, 1, 2].map((column) => marks.get(row + column) ?? "").join("\t"))
    .join("\n");
}
